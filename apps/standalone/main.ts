import { Keys } from '#access';
import { defaultHome, startEmbeddedPostgres } from '#embedded-postgres';
import { readSettings, type Settings } from '#platform';
import { closeApi, createApi } from '../api/create-api.js';
import { checkoutRoot, type Cleanup, GroundModule, openGround, runProcess } from '../ground/index.js';
import { Worker } from '../worker/worker.js';
import { firstLoad } from './first-load.js';

/** Everything in one process: what `npm start` runs. */
const start = async (cleanup: Cleanup): Promise<void> => {
  const settings = readSettings(process.env);
  const ground = await openGround(settings, settings.DATABASE_URL ?? (await embedded(cleanup)), { name: 'standalone' });
  cleanup.push(() => ground.close());
  const keys = new Keys(ground.pool, ground.clock);
  await keys.prepare();

  const worker = new Worker(ground);
  cleanup.push(() => worker.stop());
  await worker.start();
  const app = await createApi(GroundModule.of(ground), ground.logger, settings);
  cleanup.push(() => closeApi(app));
  ground.readiness.waitFor('the record is being loaded');
  await app.listen(settings.PORT, settings.HOST);

  await firstLoad(app, ground);
  ground.readiness.waitFor(null);
  await welcome(await app.getUrl(), settings, keys);
};

const embedded = async (cleanup: Cleanup): Promise<string> => {
  const { home, reason } = defaultHome(checkoutRoot());
  if (reason) console.log(`Note: ${reason}.`);
  const starting = startEmbeddedPostgres({ home, role: 'service', onProgress: (message) => console.log(message) });
  // Before it is there: whoever is told to end meanwhile must still stop it, or it would run on.
  cleanup.push(async () => (await starting).stop());
  return (await starting).url;
};

const welcome = async (url: string, settings: Settings, keys: Keys): Promise<void> => {
  console.log(`Pacta is ready: ${url}\n  API description  ${url}/docs\n  Status board     ${url}/v1/treaties/ccm/status`);
  if (!settings.PUBLIC_READS) console.log('  Reading needs a key (PUBLIC_READS=0).');
  if (settings.WEBHOOKS_ALLOW_LOOPBACK) console.log('  Webhooks may go to this machine itself, without TLS (WEBHOOKS_ALLOW_LOOPBACK=1): for development only.');
  if ((await keys.list()).length > 0) return;
  const { key } = await keys.create({ role: 'registrar', label: 'first start' });
  console.log(`  Registrar key    ${key}\n                   (shown only now; more with: npm run pacta -- keys create --role registrar)`);
};

await runProcess(start);
