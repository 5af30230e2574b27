import { ensureBuilt, ensureInstalled, main } from './prepare.mjs';
import { MODEST, run26 } from './run.mjs';

await main(async () => {
  await ensureInstalled();
  await ensureBuilt();
  return run26(['dist/apps/standalone/main.js', ...process.argv.slice(2)], { flags: MODEST });
});
