import { Keys } from '#access';
import { InvalidSettings, readSettings } from '#platform';
import { GroundModule, openGround, runProcess } from '../ground/index.js';
import { closeApi, createApi } from './create-api.js';

/** The API alone, on a database of its own; workers run beside it. */
await runProcess(async (cleanup) => {
  const settings = readSettings(process.env);
  if (!settings.DATABASE_URL) throw new InvalidSettings(['DATABASE_URL is needed by a process that serves alone']);
  const ground = await openGround(settings, settings.DATABASE_URL, { name: 'api' });
  cleanup.push(() => ground.close());
  await new Keys(ground.pool, ground.clock).prepare();
  const app = await createApi(GroundModule.of(ground), ground.logger, settings);
  cleanup.push(() => closeApi(app));
  await app.listen(settings.PORT, settings.HOST);
  ground.logger.info({ url: await app.getUrl() }, 'serving');
  // It can serve without; whoever runs it is told.
  await ground.queues.ping().catch((error: unknown) => ground.logger.warn({ err: error }, 'queue'));
});
