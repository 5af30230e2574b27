import { ENDPOINT_STATUSES } from '#webhooks';
import type { Ground } from '../../ground/index.js';
import { type Finding, unwell, well } from './finding.js';

/** Whether calls can be signed, where they may go, and how many endpoints there are. */
export const webhookChecks = async ({ settings, webhooks }: Pick<Ground, 'settings' | 'webhooks'>): Promise<Finding[]> => {
  const counts = await webhooks.deliveries.endpoints();
  const found = ENDPOINT_STATUSES.flatMap((status) => (counts[status] ? [`${counts[status]} ${status}`] : []));
  const reach = settings.WEBHOOKS_ALLOW_LOOPBACK ? '; this machine itself may be called (WEBHOOKS_ALLOW_LOOPBACK=1), which is for development only' : '';
  const endpoints = well('webhooks', `${found.length === 0 ? 'no endpoints yet' : found.join(', ')}${reach}`);
  try {
    await webhooks.signingKeys.publicKeys();
    return [endpoints];
  } catch (error) {
    return [endpoints, unwell('webhook secrets', (error as Error).message, 'set it and start the service again; until then no call is made')];
  }
};
