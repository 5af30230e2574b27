import { load } from './load.js';
import { mail } from './mail.js';
import { reconcile } from './reconcile.js';

/** `npm run bench` is the trial of load; `npm run bench -- mail` and `npm run bench -- reconcile` measure the letters. */
const TRIALS: Readonly<Record<string, (args: string[]) => Promise<void>>> = { load, mail, reconcile };

const args = process.argv.slice(2);
const named = args[0]?.startsWith('-') === false;
const trial = TRIALS[named ? (args[0] as string) : 'load'];
if (trial) await trial(named ? args.slice(1) : args);
else {
  process.stderr.write(`There is no trial "${args[0]}". There are: ${Object.keys(TRIALS).join(', ')}.\n`);
  process.exitCode = 2;
}
