import { defaultHome } from '#embedded-postgres';
import { openEventLog, openPostgresEventLog } from '#event-log';
import { openNotices } from '#notices';
import { type Clock, createLogger, Metrics, openPool, refuseOldServer, secretsIn, type Settings, startTracing, systemClock } from '#platform';
import { createSchema, SERVING } from '#read-models';
import { readStates } from '#record';
import { TREATIES, trialTreaties } from '#treaty';
import { openWebhooks } from '#webhooks';
import type { Ground } from './ground.module.js';
import { checkoutRoot, dataFolder } from './places.js';
import { Measures } from './measures.js';
import { nameOfProcess } from './name-of-process.js';
import { LazyQueues } from './queues.js';
import { Readiness } from './readiness.js';
import { refuseOtherLog } from './refuse-other-log.js';
import { namesOf } from './state-names.js';
import { watchedCalls } from './watched-calls.js';
import { watchedLog } from './watched-log.js';

export interface OpenOptions {
  name: string;
  clock?: Clock;
  /** For whoever mends that: opens also a database that belongs to another log. */
  anyLog?: boolean;
}

/** Connects to what the settings name, and makes sure that its tables are there and belong to the log. */
export const openGround = async (settings: Settings, databaseUrl: string, { name, clock = systemClock, anyLog = false }: OpenOptions): Promise<Ground & { close(): Promise<void> }> => {
  const logger = createLogger(settings.LOG_LEVEL, { secrets: secretsIn(settings, databaseUrl) });
  const metrics = new Metrics();
  const endTraces = settings.OTEL_EXPORTER_OTLP_ENDPOINT ? await startTracing(name) : () => Promise.resolve();
  const pool = openPool(databaseUrl, { applicationName: nameOfProcess(name), max: 20, onConnectionLost: (error) => logger.warn({ err: error }, 'database connection lost') });
  try {
    await refuseOldServer(pool);
    const onAppended = ({ seconds }: { seconds: number }): void => metrics.append.observe(seconds);
    const log = watchedLog(await (settings.EVENT_LOG_URL ? openEventLog({ url: settings.EVENT_LOG_URL, onAppended }) : openPostgresEventLog({ pool, onAppended })), logger);
    await createSchema(pool, SERVING);
    const treaties = new Map([...TREATIES, ...trialTreaties(settings.TRIAL_TREATIES).map((rules) => [rules.id, rules] as const)]);
    const states = await readStates(dataFolder('ccm'));
    const notices = await openNotices({ settings, clock, pool, log, treaties, nameOf: namesOf(states), home: settings.PACTA_HOME ?? defaultHome(checkoutRoot()).home });
    const webhooks = await openWebhooks({ settings, clock, pool, log, treaties, writeTo: notices.writeTo, onError: (error) => logger.error({ err: error }, 'webhooks'), onCalled: watchedCalls(pool, metrics) });
    if (!anyLog) await refuseOtherLog({ pool, log, webhooks });
    const queues = new LazyQueues({ databaseUrl, ...(settings.REDIS_URL ? { redisUrl: settings.REDIS_URL } : {}) });
    const readiness = new Readiness({ pool, log, queues, lagSeconds: settings.READY_LAG_SECONDS });
    const measures = new Measures({ metrics, pool, log, clock, notices, webhooks, queues });
    const close = async (): Promise<void> => {
      notices.mailer.close();
      await webhooks.close();
      await queues.close();
      await log.close();
      await pool.end();
      await endTraces();
    };
    return { settings, clock, logger, metrics, databaseUrl, pool, log, states, treaties, notices, webhooks, queues, readiness, measures, close };
  } catch (error) {
    await pool.end();
    throw error;
  }
};
