import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, main, root } from './prepare.mjs';
import { run26 } from './run.mjs';

/** What needs nothing to go wrong on purpose; the rest runs against a double in npm test. */
const SUITES = ['test/kurrentdb/contract.spec.ts', 'test/kurrentdb/several-processes.spec.ts'];

const summary = ({ testResults }, where) => {
  const lines = testResults.flatMap(({ assertionResults, message }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    const title = assertionResults[0]?.ancestorTitles[0] ?? 'a suite that did not start';
    return [
      `${failed.length === 0 && assertionResults.length > 0 ? 'ok     ' : 'FAILED '} ${title}: ${assertionResults.length - failed.length} of ${assertionResults.length}`,
      ...failed.map(({ fullName, duration }) => `         ✕ ${fullName} (${duration ?? 0} ms)`),
      ...(assertionResults.length === 0 ? [`         ${message.split('\n').find((line) => line.trim()) ?? ''}`] : []),
    ];
  });
  return `\nKurrentDB at ${where}\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
};

await main(async () => {
  const [url, ...rest] = process.argv.slice(2);
  if (!/^kurrentdb(\+discover)?:\/\/\S+$/.test(url ?? '')) {
    process.stderr.write('Say which server: npm run test:kurrentdb -- kurrentdb://user:password@host:2113?tlsCAFile=/path/ca.crt\n');
    return 2;
  }
  await ensureInstalled();
  await ensureBuilt();
  const folder = mkdtempSync(join(tmpdir(), 'pacta-kurrentdb-'));
  try {
    const outcome = join(folder, 'outcome.json');
    const env = { ...process.env, KURRENTDB_URL: url, TEST_DATABASE_URL: 'none', PACTA_NO_TEMPLATE: '1', NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning' };
    const code = await run26(['node_modules/jest/bin/jest.js', '--runInBand', '--json', `--outputFile=${outcome}`, '--silent', ...SUITES, ...rest], { env, cwd: root });
    process.stdout.write(summary(JSON.parse(readFileSync(outcome, 'utf8')), url.replace(/\/\/[^/]*@/, '//').replace(/[?].*$/, '')));
    return code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
