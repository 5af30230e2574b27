import { type Day, daysOf, type DatedMeeting, type FactType, type TreatyRules } from '#treaty';
import type { Entry, StateEntry } from '../entry.js';
import type { States } from '../states.js';
import { appointment, coverage, discrepancy } from './about-record.js';
import { meetings } from './meetings.js';
import { obligationEvent } from './obligations.js';
import { BadTable, readTable } from './read-csv.js';
import { reportRow } from './reports.js';
import { type Cells, cellsOf } from './rows.js';
import { treatyAction } from './treaty-actions.js';
import { nationalMeasures, victimAssistance } from './undertakings.js';

/**
 * A folder of tables as the commands that they become, in the order in which things happened (by the last day on which
 * they can have). Nothing is recorded here.
 *
 * @throws {BadTable} naming file, line and column of the first cell that makes no sense
 */
export const readRecord = async (folder: string, rules: TreatyRules, states: States, today: Day): Promise<Entry[]> => {
  const table = async (file: string, columns: readonly string[]): Promise<Cells[]> => cellsOf(file, (await readTable(folder, file, columns)) ?? []);
  const each = async (file: string, columns: readonly string[], entries: (cells: Cells) => Entry[]): Promise<Entry[]> => (await table(file, columns)).flatMap(entries);
  const event = ['iso3', 'event', 'date', 'meeting', 'known_by', 'source'];
  const scheduled = meetings(rules, await table('meetings.csv', ['id', 'title', 'start', 'end', 'source']), today);
  const articleOf = (kind: string): number => rules.undertakings.find((one) => one.kind === kind)?.article ?? 5;
  const about = [
    ...(await each('treaty_actions.csv', ['iso3', 'action', 'date', 'source'], treatyAction)),
    ...(await each('article3.csv', event, obligationEvent(3))),
    ...(await each('article4.csv', event, obligationEvent(4))),
    ...(await each('reports_article7.csv', ['iso3', 'kind', 'submitted_on', 'source'], reportRow)),
    ...victimAssistance(articleOf('victim-assistance'), await table('article5.csv', ['iso3', 'as_of_date', 'has_obligation', 'source'])),
    ...nationalMeasures(await table('article9.csv', ['iso3', 'as_of_date', 'category', 'source'])),
    ...(await each('discrepancies.csv', ['iso3', 'subject', 'kept', 'stated', 'known_by', 'source'], discrepancy)),
  ];
  const dossiers = about.filter((entry) => entry.about === 'state');
  const unknown = dossiers.find(({ iso3 }) => !states.has(iso3));
  if (unknown) throw new BadTable(unknown.from.file, `line ${unknown.from.line}: "${unknown.iso3}" is no State that we know`);
  const rest = about.filter((entry) => entry.about !== 'state');
  const ofRecord = [
    ...(await each('coverage.csv', ['kind', 'complete_until', 'source'], coverage)),
    ...(await each('coordinators.csv', ['theme', 'iso3', 'from_meeting', 'to_meeting', 'source'], appointment)),
  ];
  return [...scheduled, ...ofRecord, ...rest, ...chronological(dossiers, scheduled)];
};

/** What must come first where several things count from one day. */
const FIRST: readonly FactType[] = ['signed', 'instrument-deposited', 'provisional-application-declared', 'obligation-declared', 'extension-requested', 'extension-granted'];

const chronological = (entries: readonly StateEntry[], scheduled: readonly Entry[]): StateEntry[] => {
  const dated = scheduled.flatMap((entry) => (entry.about === 'meeting' && entry.proposal.type === 'meeting-scheduled' && entry.proposal.data.start ? [{ id: entry.meeting, ...entry.proposal.data } as DatedMeeting] : []));
  const deposits = new Map(entries.flatMap(({ iso3, proposal }) => (proposal.type === 'instrument-deposited' ? [[iso3, proposal.effectiveOn ?? '']] : [])));
  const day = ({ iso3, proposal }: StateEntry): Day =>
    proposal.type === 'obligation-declared' && proposal.effectiveOn === null
      ? (deposits.get(iso3) ?? '9999-12-31')
      : daysOf({ ...proposal, knownBy: proposal.knownBy ?? null, knownOn: '9999-12-31' }, dated).last;
  const rank = ({ proposal: { type } }: StateEntry): number => (FIRST.includes(type) ? FIRST.indexOf(type) : FIRST.length);
  return entries
    .map((entry) => ({ entry, day: day(entry), rank: rank(entry) }))
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.rank - b.rank))
    .map(({ entry }) => entry);
};
