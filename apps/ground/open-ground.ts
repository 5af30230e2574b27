import { defaultHome } from '#embedded-postgres';
import { openPostgresEventLog } from '#event-log';
import { openNotices } from '#notices';
import { type Clock, createLogger, Metrics, openPool, refuseOldServer, type Settings, systemClock } from '#platform';
import { createSchema, SERVING } from '#read-models';
import { readStates } from '#record';
import { TREATIES, trialTreaties } from '#treaty';
import type { Ground } from './ground.module.js';
import { checkoutRoot, dataFolder } from './places.js';
import { namesOf } from './state-names.js';

/** Connects to what the settings name, and makes sure that its tables are there. */
export const openGround = async (settings: Settings, databaseUrl: string, { name, clock = systemClock }: { name: string; clock?: Clock }): Promise<Ground & { close(): Promise<void> }> => {
  const logger = createLogger(settings.LOG_LEVEL);
  const metrics = new Metrics();
  const pool = openPool(databaseUrl, { applicationName: `pacta ${name}`, max: 20, onConnectionLost: (error) => logger.warn({ err: error }, 'database connection lost') });
  try {
    await refuseOldServer(pool);
    const log = await openPostgresEventLog({ pool, onAppended: ({ seconds }) => metrics.append.observe(seconds) });
    await createSchema(pool, SERVING);
    const treaties = new Map([...TREATIES, ...trialTreaties(settings.TRIAL_TREATIES).map((rules) => [rules.id, rules] as const)]);
    const states = await readStates(dataFolder('ccm'));
    const notices = await openNotices({ settings, clock, pool, log, treaties, nameOf: namesOf(states), home: settings.PACTA_HOME ?? defaultHome(checkoutRoot()).home });
    const close = async (): Promise<void> => {
      notices.mailer.close();
      await log.close();
      await pool.end();
    };
    return { settings, clock, logger, metrics, databaseUrl, pool, log, states, treaties, notices, close };
  } catch (error) {
    await pool.end();
    throw error;
  }
};
