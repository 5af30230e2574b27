import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, main, root } from './prepare.mjs';
import { run26 } from './run.mjs';

const JEST_ON_ESM = '--experimental-vm-modules --disable-warning=ExperimentalWarning';

/** A suite that cannot run on this machine writes the reason into a file of its own in the folder PACTA_SKIPS. */
const reportSkips = (folder) => {
  const lines = readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n')).filter((line) => line.trim());
  if (lines.length === 0) return false;
  const rule = '!'.repeat(78);
  process.stderr.write(`\n${rule}\nNOT TESTED on this machine:\n${[...new Set(lines)].map((line) => `  - ${line}`).join('\n')}\n${rule}\n`);
  return true;
};

await main(async () => {
  await ensureInstalled();
  await ensureBuilt();
  const skips = mkdtempSync(join(tmpdir(), 'pacta-skips-'));
  try {
    const env = { ...process.env, PACTA_SKIPS: skips, NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} ${JEST_ON_ESM}`.trim() };
    const code = await run26(['node_modules/jest/bin/jest.js', ...process.argv.slice(2)], { env, cwd: root });
    const skipped = reportSkips(skips);
    // Where everything can be installed, a suite that did not run is a failure.
    return code === 0 && skipped && process.env.CI ? 1 : code;
  } finally {
    rmSync(skips, { recursive: true, force: true });
  }
});
