import { refuseReadModelsOfOtherLog } from '#read-models';
import type { Ground } from './ground.module.js';

/**
 * Of what follows the log, each looks whether it has followed this one.
 *
 * @throws {OtherEventLog} with what to do
 */
export const refuseOtherLog = async ({ pool, log, webhooks }: Pick<Ground, 'pool' | 'log' | 'webhooks'>): Promise<void> => {
  await refuseReadModelsOfOtherLog(pool, log);
  await webhooks.refuseOtherLog();
};
