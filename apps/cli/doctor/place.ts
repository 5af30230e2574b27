import { statfs } from 'node:fs/promises';
import { defaultHome } from '#embedded-postgres';
import { readSettings } from '#platform';
import { checkoutRoot } from '../../ground/index.js';
import { sentenceOf } from '../failure.js';
import { type Finding, unwell, well } from './finding.js';

const LEAST_GIGABYTES = 1;

export const dataPlace = (): Finding => {
  const { DATABASE_URL } = readSettings(process.env);
  if (DATABASE_URL) return well('data', `${serverOf(DATABASE_URL)} (DATABASE_URL)`);
  try {
    const { home, reason } = defaultHome(checkoutRoot());
    return well('data', reason ? `${home}: ${reason}` : home);
  } catch (error) {
    return unwell('data', sentenceOf(error), 'set PACTA_HOME to a folder of your own');
  }
};

/** Host, port and database: neither user nor password. */
const serverOf = (url: string): string => {
  const { hostname, port, pathname, searchParams } = new URL(url);
  return `${hostname || searchParams.get('host') || 'local socket'}${port ? `:${port}` : ''}${pathname}`;
};

/** Of the embedded server's folder; another server's disk is not ours to see. */
export const diskSpace = async (): Promise<Finding[]> => {
  if (readSettings(process.env).DATABASE_URL) return [];
  try {
    const { bavail, bsize } = await statfs(defaultHome(checkoutRoot()).home);
    const gigabytes = (bavail * bsize) / 1e9;
    const detail = `${gigabytes.toFixed(1)} GB free`;
    return [gigabytes >= LEAST_GIGABYTES ? well('disk', detail) : unwell('disk', detail, 'free some space, or set PACTA_HOME to a folder on another disk')];
  } catch (error) {
    return [unwell('disk', `cannot be asked (${(error as NodeJS.ErrnoException).code})`, 'see whether the data folder is there')];
  }
};
