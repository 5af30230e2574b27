import { kurrentdb } from './kurrentdb.js';
import { load } from './load.js';
import { mail } from './mail.js';
import { reconcile } from './reconcile.js';
import { webhooks } from './webhooks.js';

/** `npm run bench` is the trial of load; `npm run bench -- mail` and `npm run bench -- reconcile` measure the letters, `npm run bench -- webhooks` the deliveries, `npm run bench -- kurrentdb` what the adapter costs. */
const TRIALS: Readonly<Record<string, (args: string[]) => Promise<void>>> = { kurrentdb, load, mail, reconcile, webhooks };

const args = process.argv.slice(2);
const named = args[0]?.startsWith('-') === false;
const trial = TRIALS[named ? (args[0] as string) : 'load'];
if (trial) await trial(named ? args.slice(1) : args);
else {
  process.stderr.write(`There is no trial "${args[0]}". There are: ${Object.keys(TRIALS).join(', ')}.\n`);
  process.exitCode = 2;
}
