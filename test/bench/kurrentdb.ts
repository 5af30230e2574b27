import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
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
 * the bare client at the same server in turn. At the server of `--url`, or at doubles in a process of their own: one that
 * answers when an append is on disk, as a server does, and one that keeps the processor busy and nothing else.
 */
export const kurrentdb = async (args: string[]): Promise<void> => {
  const { values } = parseArgs({
    args,
    options: {
      url: { type: 'string' }, clients: { type: 'string', default: '32' }, seconds: { type: 'string', default: '3' }, rounds: { type: 'string', default: '7' }, events: { type: 'string', default: '50000' },
      short: { type: 'boolean', default: false },
    },
  });
  const trial = values.short ? { clients: 32, seconds: 1, rounds: 3, events: 10_000 } : { clients: Number(values.clients), seconds: Number(values.seconds), rounds: Number(values.rounds), events: Number(values.events) };
  // The short form shows that it works, and no more.
  const enough = values.short ? 0 : ENOUGH;
  if (values.url !== undefined) return measure(values.url, trial, enough);
  const folder = await mkdtemp(join(tmpdir(), 'pacta-bench-'));
  try {
    say('A double that answers when an append is on disk:');
    await atDouble([join(folder, 'log')], (url) => measure(url, trial, enough));
    say('A double that keeps everything in memory, where the client itself is what takes the time:');
    await atDouble([], (url) => measure(url, trial, 0));
  } finally {
    await rm(folder, { recursive: true });
  }
};

interface Trial {
  clients: number;
  seconds: number;
  rounds: number;
  events: number;
}

const measure = async (url: string, trial: Trial, enough: number): Promise<void> => {
  const client = KurrentDBClient.connectionString(url);
  const log = await openEventLog({ url });
  try {
    report(`Appends/s at ${trial.clients} clients`, enough, await rounds(trial.rounds, () => appending(trial, bareAppends(client)), () => appending(trial, adapterAppends(log))));
    await fill(log, trial.events);
    report('Catching up, events/s', enough, await rounds(trial.rounds, () => reading(() => bareReading(client)), () => reading(() => following(log))));
  } finally {
    await log.close();
    await client.dispose();
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

const report = (what: string, enough: number, { bare, adapter }: Measured): void => {
  const shares = bare.map((without, round) => adapter[round]! / without);
  const share = median(shares);
  say(`  ${what}: bare client ${whole(median(bare))}, through the adapter ${whole(median(adapter))}: ${percent(share)} % (${percent(Math.min(...shares))}-${percent(Math.max(...shares))} % in ${shares.length} rounds)`);
  if (share >= enough) return;
  say(`  At least ${percent(enough)} % were wanted.`);
  process.exitCode = 1;
};

const whole = (figure: number): string => Math.round(figure).toLocaleString('en');
const percent = (share: number): number => Math.round(share * 100);

type Append = (stream: number) => Promise<unknown>;

const appending = async ({ clients, seconds }: Trial, append: Append): Promise<number> => {
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

const atDouble = async (args: string[], work: (url: string) => Promise<void>): Promise<void> => {
  const double = spawn(process.execPath, [join(import.meta.dirname, '..', 'kurrentdb', 'double', 'main.js'), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [url] = (await once(createInterface(double.stdout), 'line')) as [string];
    await work(url);
  } finally {
    double.kill();
  }
};
