import { afterAll, beforeAll } from '@jest/globals';
import { createDatabase, type Database, type Service, startService } from './service.js';

export interface Own {
  readonly database: Database;
  readonly service: Service;
}

/** A copy of the loaded record and a service on it, for the tests of one file (or one `describe`), cleared away after them. */
export const ownService = (env: Record<string, string> = {}): Own => {
  const own = {} as { database: Database; service: Service };
  beforeAll(async () => {
    own.database = await createDatabase();
    own.service = await startService(own.database, env);
  });
  afterAll(async () => {
    await own.service.stop();
    await own.database.drop();
  });
  return own;
};
