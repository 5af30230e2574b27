import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { REFUSAL_CODES } from './refusal.js';

const here = new URL('./', import.meta.url);
const texts = (ending: string): string =>
  [here, new URL('../assess/', import.meta.url)].flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith(ending) && name !== 'refusal.ts' && name !== 'refusal.spec.ts').map((name) => readFileSync(new URL(name, folder), 'utf8'))).join('\n');

it.each(REFUSAL_CODES)('"%s" is reached by a test', (code) => expect(texts('.spec.ts')).toMatch(new RegExp(`thenRefused\\('${code}'|\\^${code}`)));

it('each code is listed once and used by a rule', () => {
  expect(new Set(REFUSAL_CODES).size).toBe(REFUSAL_CODES.length);
  const rules = texts('.ts');
  expect(REFUSAL_CODES.filter((code) => !rules.includes(`new Refusal('${code}'`) && !rules.includes(`Refusal(\n      '${code}'`))).toEqual([]);
});
