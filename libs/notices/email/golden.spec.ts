import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { TEMPLATE_LANGUAGES } from '../simulation/sample-directory.js';
import { render } from './render.js';
import { SAMPLE_LINKS, SAMPLE_NOTICES, SAMPLE_SENDER, sampleNames } from './samples.js';

const FOLDER = join(import.meta.dirname, 'golden');

/** The texts as a person reads them. `UPDATE_GOLDEN=1` writes them anew; read the difference before it is committed. */
describe('each kind of message, in each language, reads as it was approved', () => {
  const cases = Object.entries(SAMPLE_NOTICES).flatMap(([kind, notice]) => TEMPLATE_LANGUAGES.map((language) => ({ kind, notice, language })));
  it.each(cases)('$kind in $language', async ({ kind, notice, language }) => {
    const { subject, text } = render(notice, language, SAMPLE_LINKS, SAMPLE_SENDER, sampleNames);
    const said = `${subject}\n${'='.repeat(76)}\n${text}`;
    const file = join(FOLDER, `${kind}.${language}.txt`);
    if (process.env['UPDATE_GOLDEN']) {
      await mkdir(FOLDER, { recursive: true });
      await writeFile(file, said);
    }
    expect(said).toBe(await readFile(file, 'utf8'));
  });
});
