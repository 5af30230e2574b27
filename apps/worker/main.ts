import { InvalidSettings, readSettings } from '#platform';
import { openGround, runProcess } from '../ground/index.js';
import { serveVitals } from './vitals.js';
import { Worker } from './worker.js';

/** The worker alone: it follows the log that the API processes write. */
await runProcess(async (cleanup) => {
  const settings = readSettings(process.env);
  if (!settings.DATABASE_URL) throw new InvalidSettings(['DATABASE_URL is needed by a process that works alone']);
  const ground = await openGround(settings, settings.DATABASE_URL, { name: 'worker' });
  cleanup.push(() => ground.close());
  if (settings.WORKER_PORT !== undefined) {
    const vitals = await serveVitals(ground, settings.WORKER_PORT, settings.HOST);
    cleanup.push(() => vitals.close());
    ground.logger.info({ url: vitals.url }, 'vitals');
  }
  const worker = new Worker(ground);
  cleanup.push(() => worker.stop());
  ground.readiness.waitFor('the worker is starting');
  await worker.start();
  ground.readiness.waitFor(null);
});
