import { ensureBuilt, ensureInstalled, main, root } from './prepare.mjs';
import { run26 } from './run.mjs';

await main(async () => {
  await ensureInstalled();
  await ensureBuilt();
  return run26(['dist/test/chaos/main.js', ...process.argv.slice(2)], { cwd: root });
});
