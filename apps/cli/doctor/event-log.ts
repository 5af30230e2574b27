import { openEventLog } from '#event-log';
import { readSettings } from '#platform';
import { sentenceOf } from '../failure.js';
import { type Finding, unwell, well } from './finding.js';

/** Only where the log is not in the database itself. */
export const eventLogAnswers = async (): Promise<Finding[]> => {
  const { EVENT_LOG_URL } = readSettings(process.env);
  if (!EVENT_LOG_URL) return [];
  const name = 'event log';
  const where = placesOf(EVENT_LOG_URL);
  try {
    const log = await openEventLog({ url: EVENT_LOG_URL });
    try {
      await log.ping();
    } finally {
      await log.close();
    }
    return [well(name, `${where} answers (EVENT_LOG_URL)`)];
  } catch (error) {
    return [unwell(name, `${where}: ${sentenceOf(error).split('\n')[0]}`, 'see to the server or to EVENT_LOG_URL, then look again')];
  }
};

/** Kind, hosts and ports: neither user nor password. */
const placesOf = (url: string): string => url.replace(/\/\/[^/]*@/, '//').replace(/[?].*$/, '');
