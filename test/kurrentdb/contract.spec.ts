import { afterAll, beforeAll, describe } from '@jest/globals';
import { openEventLog } from '#event-log';
import { eventLogContract } from '#event-log/contract';
import { openTarget } from './target.js';

describe('over KurrentDB', () => {
  let target: Awaited<ReturnType<typeof openTarget>>;
  beforeAll(async () => {
    target = await openTarget();
  });
  afterAll(() => target.stop());

  eventLogContract('KurrentDB', () => openEventLog({ url: target.url }));
});
