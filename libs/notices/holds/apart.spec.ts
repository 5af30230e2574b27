import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Subject } from '../plan/day-plan.js';
import { apart, type Said, together } from './apart.js';

const item = (iso3: string, step = 'T-30'): Subject => ({ iso3, article: 7, kind: 'annual-report', year: 2026, dueOn: '2027-04-30', step });
let ids = 0;
const newId = (): string => `part ${++ids}`;
const said = (...about: Subject[]): Said => ({ id: '5a1c0c1f-3f8a-5f5b-9d7e-2f0c9b9b7a10', about, states: [...new Set(about.map(({ iso3 }) => iso3))] });

describe('a message that speaks of a held State', () => {
  it('goes on without it, and what it says of it waits in a message of its own', () => {
    const whole = said(item('GNB'), item('BGR'), item('GNB', 'digest'));
    const { rest, parts } = apart(whole, new Set(['GNB']), newId);
    expect(rest).toEqual({ about: [item('BGR')], states: ['BGR'] });
    expect(parts).toEqual([{ id: expect.stringMatching(/^part/) as unknown, iso3: 'GNB', about: [item('GNB'), item('GNB', 'digest')] }]);
  });

  it('waits itself where it speaks of nothing else', () => {
    const whole = said(item('GNB'), item('BGR'));
    const { rest, parts } = apart(whole, new Set(['GNB', 'BGR']), newId);
    expect(rest).toBeNull();
    expect(parts.map(({ id, iso3 }) => [id === whole.id, iso3])).toEqual([[true, 'GNB'], [false, 'BGR']]);
  });

  it('loses nothing and doubles nothing, whatever is held', () => {
    const state = fc.constantFrom<string>('GNB', 'BGR', 'SOM', 'LAO', 'FRA');
    fc.assert(
      fc.property(fc.array(fc.tuple(state, fc.constantFrom('T-30', 'T-7', 'digest')), { minLength: 1, maxLength: 12 }), fc.uniqueArray(state), (items, held) => {
        const whole = said(...items.map(([iso3, step]) => item(iso3, step)));
        const { rest, parts } = apart(whole, new Set(held), newId);
        const sorted = (about: readonly Subject[]): string[] => about.map((one) => JSON.stringify(one)).sort();
        expect(sorted([...(rest?.about ?? []), ...parts.flatMap(({ about }) => about)])).toEqual(sorted(whole.about));
        expect(rest?.about.some(({ iso3 }) => held.includes(iso3)) ?? false).toBe(false);
        expect(parts.every(({ iso3 }) => held.includes(iso3))).toBe(true);
        const all = [...(rest ? [whole.id] : []), ...parts.map(({ id }) => id)];
        expect(new Set(all).size).toBe(all.length);
        expect(all).toContain(whole.id);
      }),
    );
  });
});

it('several messages to one contact become one that says each thing once', () => {
  expect(together([said(item('GNB', 'T-30')), said(item('GNB', 'T-7'), item('GNB', 'T-30'))])).toEqual([item('GNB', 'T-30'), item('GNB', 'T-7')]);
});
