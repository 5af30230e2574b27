import type { StateEntry } from '../entry.js';
import type { Cells } from './rows.js';

const ASPECTS = [
  'focal_point', 'new_victims_reported_since_2015', 'data_collection_reported', 'dedicated_action_plan', 'crpd_status', 'resource_mobilisation_reported',
  'sex_age_disaggregated', 'assistance_requested_2016_2020',
];

/** `article5.csv`: who has victims to assist, by the lists of two reviews, and what they reported of it. */
export const victimAssistance = (article: number, rows: readonly Cells[]): StateEntry[] => {
  const declared = new Set<string>();
  return rows.flatMap((cells): StateEntry[] => {
    const iso3 = cells.text('iso3');
    const dated = { effectiveOn: null, knownBy: cells.day('as_of_date'), knownOn: 'own' as const };
    if (cells.text('has_obligation') !== 'true') {
      return [{ about: 'state', iso3, proposal: { type: 'obligation-found-not-to-exist', ...dated, data: { article } }, ...cells.provenance() }];
    }
    const entries: StateEntry[] = [];
    if (!declared.has(iso3)) entries.push({ about: 'state', iso3, proposal: { type: 'obligation-declared', ...dated, data: { article } }, ...cells.provenance() });
    declared.add(iso3);
    const said = ASPECTS.filter((aspect) => cells.text(aspect) !== '');
    if (said.length > 0) {
      const data = Object.fromEntries(said.map((aspect) => [aspect, truth(cells.text(aspect))]));
      entries.push({ about: 'state', iso3, proposal: { type: 'victim-assistance-reported', ...dated, data }, ...cells.provenance() });
    }
    return entries;
  });
};

const truth = (text: string): boolean | string => (text === 'true' ? true : text === 'false' ? false : text);

/**
 * `article9.csv`: national measures by category, as listed by each review. A list says all that a State has by then;
 * a State of an earlier list that a later one does not name has nothing in the later one.
 */
export const nationalMeasures = (rows: readonly Cells[]): StateEntry[] => {
  const lists = new Map<string, Map<string, Cells[]>>();
  for (const cells of rows) {
    const asOf = cells.day('as_of_date') ?? cells.wrong('as_of_date', 'is missing');
    const list = lists.get(asOf) ?? new Map<string, Cells[]>();
    lists.set(asOf, list.set(cells.text('iso3'), [...(list.get(cells.text('iso3')) ?? []), cells]));
  }
  const entries: StateEntry[] = [];
  const before = new Map<string, Cells>();
  for (const [asOf, list] of [...lists].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const dated = { type: 'national-measures-reported', effectiveOn: null, knownBy: asOf, knownOn: 'own' } as const;
    for (const [iso3, cells] of list) {
      const categories = cells.map((one) => one.text('category')).sort();
      entries.push({ about: 'state', iso3, proposal: { ...dated, data: { categories } }, ...(cells[0] as Cells).provenance() });
    }
    for (const [iso3, cells] of before) {
      if (list.has(iso3)) continue;
      entries.push({ about: 'state', iso3, proposal: { ...dated, data: { categories: [] } }, ...cells.provenance(), note: 'not named in the later list' });
    }
    list.forEach((cells, iso3) => before.set(iso3, cells[0] as Cells));
  }
  return entries;
};
