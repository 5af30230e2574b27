import { afterAll, beforeAll, describe } from '@jest/globals';
import type { EventLog } from '../port.js';
import { appending } from './appending.js';
import { concurrency } from './concurrency.js';
import { following } from './following.js';
import { agreesWithModel } from './model.js';
import { reading } from './reading.js';
import { repeating } from './repeating.js';

/**
 * The promises of the port as tests; every adapter must pass them. `open` answers a log, which may hold events of others
 * already: each test keeps to streams of its own.
 */
export const eventLogContract = (name: string, open: () => Promise<EventLog>): void =>
  describe(`${name} keeps the contract of the event log`, () => {
    let log: EventLog | undefined;
    beforeAll(async () => {
      log = await open();
    });
    afterAll(() => log?.close());
    for (const chapter of [appending, repeating, concurrency, reading, following, agreesWithModel]) chapter(() => log!);
  });
