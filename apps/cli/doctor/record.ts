import type { Pool } from 'pg';
import { Keys } from '#access';
import { OtherEventLog } from '#event-log';
import { countFacts, cursorOf } from '#read-models';
import { openPool } from '#platform';
import { type Ground, refuseOtherLog } from '../../ground/index.js';
import { counted } from '../output.js';
import type { Session } from '../session.js';
import { type Finding, unwell, well } from './finding.js';
import { webhookChecks } from './webhooks.js';

/** What is in the database. On an empty one there is nothing to look at, and that is no problem. */
export const recordChecks = async (session: Session): Promise<Finding[]> => {
  const steps = await schemaSteps(await session.databaseUrl());
  if (steps === null) return [well('schema', 'no tables yet; the first start makes them')];
  const ground = await session.groundOnAnyLog();
  return [well('schema', steps), ...(await logAndReadModels(ground)), await facts(ground.pool), await keys(ground), ...(await webhookChecks(ground))];
};

/** Looked at before anything is opened, because whoever opens the log brings its tables up to date. */
const schemaSteps = async (url: string): Promise<string | null> => {
  const pool = openPool(url, { applicationName: 'pacta doctor', max: 1 });
  try {
    const { rows: [found] } = await pool.query<{ found: boolean }>("SELECT to_regclass('public.schema_steps') IS NOT NULL AS found");
    if (!found?.found) return null;
    const { rows } = await pool.query<{ area: string; step: number }>('SELECT area, max(step) AS step FROM public.schema_steps GROUP BY area ORDER BY area');
    return rows.map(({ area, step }) => `${area} ${step}`).join(', ');
  } finally {
    await pool.end();
  }
};

const logAndReadModels = async (ground: Ground): Promise<Finding[]> => {
  const { pool, log } = ground;
  try {
    await refuseOtherLog(ground);
  } catch (error) {
    if (!(error instanceof OtherEventLog)) throw error;
    return [unwell('log', 'it is not the log, or not in the state, that the database belongs to', error.message)];
  }
  const cursor = await cursorOf(pool);
  const head = await log.lastPosition();
  return [
    well('log', `newest event at position ${head}`),
    cursor >= head
      ? well('read models', 'current')
      : unwell('read models', log.dense ? `${counted(head - cursor, 'event')} behind` : 'behind the log', 'start the service, which brings them up to date; if they stay behind, its output says why'),
  ];
};

const facts = async (pool: Pool): Promise<Finding> => {
  const counts = [...(await countFacts(pool))].map(([treaty, count]) => `${treaty} ${count}`);
  return well('facts', counts.length === 0 ? 'none yet' : counts.length > 10 ? `${counts.slice(0, 10).join(', ')} and ${counts.length - 10} more treaties` : counts.join(', '));
};

const keys = async ({ pool, clock }: Ground): Promise<Finding> => {
  const access = new Keys(pool, clock);
  await access.prepare();
  const inUse = (await access.list()).filter(({ revokedAt }) => revokedAt === null);
  return well('keys', inUse.length === 0 ? 'none in use; npm run pacta -- keys create --role registrar makes one' : `${inUse.length} in use`);
};
