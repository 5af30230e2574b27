import { apmbc } from './apmbc.js';
import { att } from './att.js';
import { ccm } from './ccm.js';
import type { TreatyRules } from './treaty-rules.js';

/** Every treaty that is kept, by its id. A further treaty is one more file and one more name in this list. */
export const TREATIES: ReadonlyMap<string, TreatyRules> = new Map([ccm, apmbc, att].map((rules) => [rules.id, rules]));

/** Copies of the first treaty's rules under other ids, for trials of load: `trial-001`, `trial-002` … */
export const trialTreaties = (count: number): TreatyRules[] =>
  Array.from({ length: count }, (_, index) => {
    const id = `trial-${String(index + 1).padStart(3, '0')}`;
    return { ...ccm, id, title: `${ccm.title} (${id})` };
  });
