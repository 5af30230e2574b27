import { ensureBuilt, ensureInstalled, main } from './prepare.mjs';
import { run26 } from './run.mjs';

await main(async () => {
  await ensureInstalled();
  await ensureBuilt();
  return run26(['dist/test/bench/main.js', ...process.argv.slice(2)]);
});
