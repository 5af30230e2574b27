import { readSettings, StoppedClock } from '#platform';
import { openWorkQueues } from '#work-queue';
import { openGround } from '../../apps/ground/index.js';

/** What rounds of the letters took, in milliseconds, and the most memory that the process came to hold. */
export interface Rounds {
  first: number;
  later: number[];
  megabytes: number;
  /** Letters that the first round wrote down. */
  planned: number;
}

/** Before working hours of the next Tuesday after today: letters are planned, and none leaves. */
const nextTuesday = (): Temporal.Instant => {
  const today = Temporal.Now.plainDateISO('UTC');
  return today.add({ days: ((8 - today.dayOfWeek) % 7) + 1 }).toZonedDateTime({ timeZone: 'UTC', plainTime: '03:00' }).toInstant();
};

const settings = readSettings(process.env);
const ground = await openGround(settings, settings.DATABASE_URL as string, { name: 'bench', clock: new StoppedClock(nextTuesday()) });
const queues = await openWorkQueues({ databaseUrl: ground.databaseUrl });
const queue = queues.open('letters', report);
const postman = ground.notices.postman(queue, report);
const took = async (): Promise<number> => {
  const began = performance.now();
  await postman.once();
  return performance.now() - began;
};
const messages = async (): Promise<number> => Number((await ground.pool.query<{ count: string }>('SELECT count(*) FROM notices.messages')).rows[0]?.count);
const before = await messages();
const first = await took();
const planned = (await messages()) - before;
const later: number[] = [];
for (let round = 0; round < Number(process.argv[2]); round++) later.push(await took());
await postman.stop();
await queue.close();
await queues.close();
await ground.close();
process.stdout.write(JSON.stringify({ first, later, megabytes: process.resourceUsage().maxRSS / 1_024, planned } satisfies Rounds));

function report(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
}
