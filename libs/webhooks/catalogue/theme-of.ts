import type { TreatyRules } from '#treaty';

/** Themes that no rule of a treaty names, by the beginning of the event's type. */
const BY_TYPE: readonly (readonly [beginning: string, theme: string])[] = [
  ['treaty.', 'universalization'], ['assistance.', 'cooperation'], ['coalition.', 'cooperation'],
];

/** Kind of obligation that an event without an article belongs to, by the beginning of its type. */
const KIND_BY_TYPE: readonly (readonly [beginning: string, kind: string])[] = [
  ['stockpile.', 'stockpile-destruction'], ['retention.', 'stockpile-destruction'], ['national_measures.', 'national-measures'], ['victim_assistance.', 'victim-assistance'],
];

/** Theme of the coordinators that an event belongs to; null where it belongs to none. */
export const themeOf = (rules: TreatyRules, type: string, details: Readonly<Record<string, unknown>>): string | null => {
  if (typeof details['theme'] === 'string') return details['theme'];
  const byType = BY_TYPE.find(([beginning]) => type.startsWith(beginning));
  if (byType) return byType[1];
  if (type.startsWith('report.')) return rules.reports.theme;
  const kind = KIND_BY_TYPE.find(([beginning]) => type.startsWith(beginning))?.[1] ?? details['kind'];
  if (kind === 'initial-report' || kind === 'annual-report') return rules.reports.theme;
  const all = [...rules.obligations, ...rules.undertakings];
  return all.find((one) => one.kind === kind || one.article === details['article'])?.theme ?? null;
};
