import { describe, expect, it } from '@jest/globals';
import { fact, recordFact } from '../../support/facts.js';
import { get } from '../../support/http.js';
import { headOf } from '../../support/log.js';
import { refusalIn } from '../../support/problem.js';
import { ownService } from '../../support/suite.js';

const COMMANDS = [
  fact('instrument-deposited', '2020-08-06', { instrument: 'ratification', depositaryNotification: 'C.N.1' }, { knownOn: '2020-08-06', note: 'x' }),
  fact('extension-requested', '2024-09', { article: 4, months: 12, until: '2026-01-01', meeting: '12MSP' }, { knownBy: '2024-09-30' }),
  fact('extension-granted', '2024-09-13', { article: 4, months: 24, meeting: '12MSP', mode: 'silence', conditions: 'x' }),
  fact('report-submitted', '2024-04-01', { kind: 'annual', years: [2023], form: 'full', forms: ['A'] }),
  fact('national-measures-reported', '2024-04-01', { categories: ['specific_law'] }),
  fact('fact-corrected', null, { fact: '0d0ec8a2-6d0a-5c39-9d3e-0a6a3a8f5b11', reason: 'x', effectiveOn: '2020', data: { months: 1 } }),
  fact('withdrawal-notified', '2024-09-06', { takesEffectOn: '2025-03-06' }),
];

const ODD: unknown[] = [
  null, true, false, 0, -0, -1, 1, 1.5, 1e21, 1e308, '', ' ', 'x', '\u0000', '\ud800', '\u202e', '💥', 'x'.repeat(5_000), '2020-02-30', '2020-02-29', '0000-01-01', '2199-12-31', '2200-01-01', '-1', 'null', '[object Object]',
  [], [[]], [null], [1, 2], {}, { a: { b: { c: 1 } } }, { length: 1 }, { then: 1 }, { toJSON: 1 }, { constructor: 1 }, { effectiveOn: '2020' }, "'; DROP TABLE log.events; --", '%00', '${7*7}',
];
const NAMES = ['type', 'data', 'source', 'article', 'months', 'fact', 'reason', 'constructor', 'toString', 'then', '', ' ', 'a\u0000', '__proto__x', 'length', '0', 'x'.repeat(300)];

/** The same numbers each time (mulberry32), so that what fails once fails again. */
const dice = (seed: number) => (sides: number): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
};

type Tree = Record<string, unknown>;

/** One to three members, anywhere, changed, taken away or added. */
const mutated = (roll: (sides: number) => number): Tree => {
  const body = structuredClone(COMMANDS[roll(COMMANDS.length)]) as unknown as Tree;
  for (let times = 1 + roll(3); times > 0; times--) {
    const places = [body, ...Object.values(body).filter((value): value is Tree => typeof value === 'object' && value !== null)];
    const place = places[roll(places.length)] as Tree;
    const names = Object.keys(place);
    const name = roll(3) === 0 || names.length === 0 ? NAMES[roll(NAMES.length)] as string : names[roll(names.length)] as string;
    if (roll(6) === 0) delete place[name];
    else place[name] = ODD[roll(ODD.length)];
  }
  return body;
};

describe('three hundred and sixty commands with something wrong in them', () => {
  const own = ownService();

  it('are refused or taken, each with an answer, and every event in the log was answered with 201', async () => {
    const roll = dice(20_080_530);
    const before = await headOf(own.database);
    let taken = 0;
    const states = ['GNB', 'SOM', 'BGR', 'NIU', 'TON', 'LAO'];
    for (let round = 0; round < 60; round++) {
      await Promise.all(states.map(async (iso3) => {
        const body = mutated(roll);
        const answer = await recordFact(own.service, iso3, body);
        if (answer.status === 201) taken++;
        else if (answer.status >= 500) throw new Error(`${answer.status} ${JSON.stringify(answer.body)} for ${JSON.stringify(body)}`);
        else refusalIn(answer);
      }));
    }
    expect(await headOf(own.database)).toBe(before + taken);
    for (const iso3 of states) expect((await get(own.service, `/v1/treaties/ccm/states/${iso3}?minPosition=${before + taken}`)).status).toBe(200);
  });
});
