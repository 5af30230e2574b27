import { openPool } from '#platform';
import { sentenceOf } from '../failure.js';
import type { Session } from '../session.js';
import { type Finding, unwell, well } from './finding.js';

const OLDEST = 15;

export const serverAnswers = async (session: Session): Promise<Finding> => {
  const name = 'server';
  try {
    const version = await versionOf(await session.databaseUrl());
    return Number.parseInt(version) >= OLDEST ? well(name, `PostgreSQL ${version}`) : unwell(name, `PostgreSQL ${version}`, `PostgreSQL ${OLDEST} or newer is needed`);
  } catch (error) {
    return unwell(name, sentenceOf(error).split('\n')[0] as string, 'see to the database, then look again');
  }
};

const versionOf = async (url: string): Promise<string> => {
  const pool = openPool(url, { applicationName: 'pacta doctor', max: 1 });
  try {
    const { rows } = await pool.query<{ server_version: string }>('SHOW server_version');
    return rows[0]?.server_version ?? 'unknown';
  } finally {
    await pool.end();
  }
};
