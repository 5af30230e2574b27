import { ensureBuilt, ensureInstalled, main } from './prepare.mjs';
import { run26 } from './run.mjs';

await main(async () => {
  await ensureInstalled();
  await ensureBuilt();
  return run26(['dist/apps/cli/main.js', ...process.argv.slice(2)]);
});
