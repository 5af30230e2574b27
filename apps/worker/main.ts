import { InvalidSettings, readSettings } from '#platform';
import { type Cleanup, cleanUp, inOneSentence, openGround, untilTold } from '../ground/index.js';
import { Worker } from './worker.js';

/** The worker alone: it follows the log that the API processes write. */
const cleanup: Cleanup = [];
try {
  const settings = readSettings(process.env);
  if (!settings.DATABASE_URL) throw new InvalidSettings(['DATABASE_URL is needed by a process that works alone']);
  const ground = await openGround(settings, settings.DATABASE_URL, { name: 'worker' });
  cleanup.push(() => ground.close());
  const worker = new Worker(ground);
  cleanup.push(() => worker.stop());
  await worker.start();
  await untilTold();
} catch (error) {
  process.stderr.write(`${inOneSentence(error)}\n`);
  process.exitCode = 1;
}
await cleanUp(cleanup);
process.exit();
