import { Problem, type Settings } from '#platform';
import type { Webhooks } from '#webhooks';

/** Address at which this service is reached, without a slash at its end. */
export const publicBase = ({ PUBLIC_URL }: Pick<Settings, 'PUBLIC_URL'>): string => PUBLIC_URL.replace(/\/$/, '');

/**
 * Whoever goes on after a position that the log has never reached would wait without a word for what has long happened:
 * it belongs to another log, or to one that was restored from a backup.
 *
 * @throws {Problem} 400
 */
export const refuseAhead = async (webhooks: Pick<Webhooks, 'end'>, after: number): Promise<void> => {
  const head = after === 0 ? 0 : await webhooks.end();
  if (after > head) throw new Problem(400, 'position-ahead-of-the-log', `You ask for events after position ${after}, but the log only goes to ${head}. Begin again after a position that this log has given you.`);
};
