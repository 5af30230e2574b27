import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readReport } from './read-report.js';
import { ReturnAddresses } from './return-addresses.js';

const CORPUS = join(import.meta.dirname, 'corpus');
const ID = '5a1c0c1f-3f8a-5f5b-9d7e-2f0c9b9b7a10';
const addresses = new ReturnAddresses(Buffer.alloc(32, 7), 'isu.example');
const MARIA = 'maria.exemplo@mfa.example';

/** What each mail of the corpus says: action, status, whom of, whether our return address is in it, whether the letter's own headers came back. */
const SAID: Record<string, [action: string, status: string | null, recipients: string[], signed: boolean, returned: boolean] | 'auto-reply' | 'other'> = {
  'postfix-unknown-user': ['failed', '5.1.1', [MARIA, MARIA], true, true],
  'postfix-delayed': ['delayed', '4.4.1', [MARIA], true, false],
  'postfix-gave-up': ['failed', '4.4.1', [MARIA], true, true],
  exim: ['failed', '5.0.0', [MARIA], true, true],
  'exim-before-dsn': ['failed', '5.0.0', [MARIA], false, true],
  'exchange-es': ['failed', '5.1.10', [MARIA], true, true],
  'exchange-fr-without-headers': ['failed', '5.2.1', [MARIA], true, false],
  gmail: ['failed', '5.1.1', [MARIA], true, true],
  internationalised: ['failed', '5.1.1', ['玛丽亚@mfa.example'], true, true],
  relayed: ['delivered', null, [MARIA], true, false],
  'out-of-office': 'auto-reply',
  'read-receipt': 'auto-reply',
  'a-person-replies': 'other',
};

describe('a mail that came back', () => {
  it('is of a kind that is written down here', async () => {
    expect((await readdir(CORPUS)).map((name) => name.replace('.eml', '')).sort()).toEqual(Object.keys(SAID).sort());
  });

  it.each(Object.entries(SAID))('%s is read for what it is', async (name, expected) => {
    const read = await readReport(await readFile(join(CORPUS, `${name}.eml`)));
    if (typeof expected === 'string') return expect(read).toEqual({ kind: expected });
    const [action, status, recipients, signed, returned] = expected;
    if (read.kind !== 'report') throw new Error(`It was read as ${read.kind}.`);
    expect(read.statuses).toMatchObject([{ action, status, recipients }]);
    expect(addresses.namedIn(read.text)).toEqual(signed ? [ID] : []);
    expect([read.messageIds.includes(`<${ID}@isu.example>`), read.returned.includes('/u/01939c5e-')]).toEqual([returned, returned]);
  });

  it('may be anything: whatever bytes come are answered', async () => {
    const whole = await readFile(join(CORPUS, 'gmail.eml'));
    await fc.assert(fc.asyncProperty(fc.nat(whole.length), fc.nat(whole.length), fc.uint8Array({ maxLength: 200 }), async (cut, at, noise) => {
      const mangled = Buffer.concat([whole.subarray(0, at), noise, whole.subarray(Math.min(at, cut), cut)]);
      expect(['report', 'auto-reply', 'other']).toContain((await readReport(mangled)).kind);
    }), { numRuns: 60 });
    expect(await readReport(Buffer.alloc(0))).toEqual({ kind: 'other' });
  });
});
