import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { jsonEvent, KurrentDBClient, START } from '@kurrent/kurrentdb-client';
import { type EventLog, openEventLog } from '#event-log';
import { median, say } from './scratch.js';

const STREAMS = 200;
/** About as much as a fact takes. */
const TEXT = 'x'.repeat(200);
const ENOUGH = 0.8;

/**
 * What the adapter costs: appends a second of 32 clients to 200 streams, and events a second of catching up, each beside
 * the bare client at the same server in turn. Against a double in a process of its own, or the server of `--url`.
 */
export const kurrentdb = async (args: string[]): Promise<void> => {
  const { values } = parseArgs({
    args,
    options: {
      url: { type: 'string' }, clients: { type: 'string', default: '32' }, seconds: { type: 'string', default: '3' }, rounds: { type: 'string', default: '7' }, events: { type: 'string', default: '50000' },
      short: { type: 'boolean', default: false },
    },
  });
  const trial = values.short ? { clients: 32, seconds: 2, rounds: 1, events: 10_000 } : { clients: Number(values.clients), seconds: Number(values.seconds), rounds: Number(values.rounds), events: Number(values.events) };
  const server = values.url === undefined ? await startDouble() : null;
  const url = values.url ?? server!.url;
  const client = KurrentDBClient.connectionString(url);
  const log = await openEventLog({ url });
  try {
    const appends = await rounds(trial.rounds, () => appending(trial, bareAppends(client)), () => appending(trial, adapterAppends(log)));
    report(`Appends/s at ${trial.clients} clients`, appends);
    await fill(log, trial.events);
    report(`Catching up, events/s`, await rounds(trial.rounds, () => reading(() => bareReading(client)), () => reading(() => following(log))));
  } finally {
    await log.close();
    await client.dispose();
    server?.process.kill();
  }
};

interface Measured {
  bare: number[];
  adapter: number[];
}

/** In turn, so that both meet the same server and the same machine. */
const rounds = async (count: number, bare: () => Promise<number>, adapter: () => Promise<number>): Promise<Measured> => {
  const measured: Measured = { bare: [], adapter: [] };
  for (let round = 0; round < count; round++) {
    measured.bare.push(await bare());
    measured.adapter.push(await adapter());
  }
  return measured;
};

const report = (what: string, { bare, adapter }: Measured): void => {
  const shares = bare.map((without, round) => adapter[round]! / without);
  const share = median(shares);
  say(`${what}: bare client ${whole(median(bare))}, through the adapter ${whole(median(adapter))}: ${percent(share)} % (${percent(Math.min(...shares))}-${percent(Math.max(...shares))} % in ${shares.length} rounds)`);
  if (share >= ENOUGH) return;
  say(`  At least ${percent(ENOUGH)} % were wanted.`);
  process.exitCode = 1;
};

const whole = (figure: number): string => Math.round(figure).toLocaleString('en');
const percent = (share: number): number => Math.round(share * 100);

type Append = (stream: number) => Promise<unknown>;

const appending = async ({ clients, seconds }: { clients: number; seconds: number }, append: Append): Promise<number> => {
  for (let stream = 0; stream < STREAMS; stream++) await append(stream);
  let done = 0;
  const until = performance.now() + seconds * 1_000;
  await Promise.all(Array.from({ length: clients }, async () => {
    for (; performance.now() < until; done++) await append(Math.floor(Math.random() * STREAMS));
  }));
  return done / seconds;
};

const bareAppends = (client: KurrentDBClient): Append => (stream) =>
  client.appendToStream(`bare-${stream}`, jsonEvent({ id: randomUUID(), type: 'Measured.v1', data: { text: TEXT }, metadata: { actor: 'bench', recordedAt: new Date().toISOString() } }));

const adapterAppends = (log: EventLog): Append => (stream) => log.append(`adapter-${stream}`, [measuredEvent()], { expected: 'any' });

const measuredEvent = () => ({ id: randomUUID(), type: 'Measured.v1', data: { text: TEXT }, metadata: { actor: 'bench' }, recordedAt: new Date().toISOString() });

const fill = async (log: EventLog, events: number): Promise<void> => {
  for (let written = 0; written < events; written += 1_000) await log.append(`filled-${randomUUID()}`, Array.from({ length: 1_000 }, measuredEvent), { expected: 'none' });
};

const reading = async (read: () => Promise<number>): Promise<number> => {
  const began = performance.now();
  return (await read()) / ((performance.now() - began) / 1_000);
};

const bareReading = async (client: KurrentDBClient): Promise<number> => {
  let count = 0;
  for await (const { event } of client.readAll({ fromPosition: START })) if (event) count++;
  return count;
};

const following = async (log: EventLog): Promise<number> => {
  let count = 0;
  for await (const { events, live } of log.follow({ after: 0, max: 1_000, signal: new AbortController().signal })) {
    count += events.length;
    if (live) break;
  }
  return count;
};

const startDouble = async (): Promise<{ url: string; process: ChildProcess }> => {
  const double = spawn(process.execPath, [join(import.meta.dirname, '..', 'kurrentdb', 'double', 'main.js')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [url] = (await once(createInterface(double.stdout), 'line')) as [string];
  return { url, process: double };
};
