import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { EVENT_LOG, type EventLog, openPostgresEventLog, type RecordedEvent } from '#event-log';
import { CLOCK, createScratchDatabase, type ScratchDatabase, StoppedClock } from '#platform';
import { type AnyProposal, TREATIES } from '#treaty';
import { DossiersModule, type Guards, type Provenance, RecordFact, type Recorded } from './index.js';

const ccm = TREATIES.get('ccm')!;
const provenance: Provenance = { actor: 'key:registrar', source: { title: 'C.N.326.2020' }, correlation: 'request' };
const remark = (about: string): AnyProposal => ({ type: 'remark-made', effectiveOn: '2020-09-28', data: { about } });
const accession = (effectiveOn = '2020-08-06'): AnyProposal => ({ type: 'instrument-deposited', effectiveOn, data: { instrument: 'accession' } });

@Module({})
class Ground {}

/** Handlers and log of its own on a database that others share. */
interface Process {
  log: EventLog;
  app: INestApplicationContext;
  record(iso3: string, proposal: AnyProposal, guards?: Guards, more?: Partial<Provenance>): Promise<Recorded>;
}

describe('recording a fact', () => {
  let database: ScratchDatabase;
  beforeAll(async () => {
    database = await createScratchDatabase();
  });
  afterAll(() => database.drop());

  const processes: Process[] = [];
  let one: Process;
  let other: Process;
  /** A State of its own for each test. */
  let iso3: string;
  let tests = 0;
  beforeEach(async () => {
    iso3 = `T${String.fromCharCode(65 + Math.floor(tests / 26), 65 + (tests++ % 26))}`;
    [one, other] = [await start(), await start()];
  });
  afterEach(async () => {
    for (const { app, log } of processes.splice(0)) {
      await app.close();
      await log.close();
    }
  });

  const start = async (): Promise<Process> => {
    const log = await openPostgresEventLog({ url: database.url });
    const providers = [{ provide: EVENT_LOG, useValue: log }, { provide: CLOCK, useValue: new StoppedClock(Temporal.Instant.from('2026-11-24T12:00:00Z')) }];
    const app = await NestFactory.createApplicationContext({ module: Ground, global: true, imports: [DossiersModule], providers, exports: providers.map(({ provide }) => provide) }, { logger: false, abortOnError: false });
    const bus = app.get(CommandBus);
    const record = (of: string, proposal: AnyProposal, guards: Guards = {}, more: Partial<Provenance> = {}): Promise<Recorded> =>
      bus.execute(new RecordFact(ccm, of, proposal, { ...provenance, ...more }, guards)) as Promise<Recorded>;
    processes.push({ log, app, record });
    return processes.at(-1)!;
  };

  const onRecord = (of = iso3): Promise<RecordedEvent[]> => one.log.read(`dossier-ccm-${of}`);
  const said = async (): Promise<unknown[]> => (await onRecord()).map(({ data }) => (data.data as { about?: string }).about);

  it('puts it on record with who, from what and when, and says where it stands', async () => {
    const { position, revision, events, repeated } = await one.record(iso3, accession());
    const [event] = await onRecord();
    expect(event).toMatchObject({
      position, revision, id: events[0], type: 'InstrumentDeposited.v1', recordedAt: '2026-11-24T12:00:00.000Z',
      data: { effectiveOn: '2020-08-06', knownBy: null, knownOn: '2026-11-24', data: { instrument: 'accession' } },
      metadata: { actor: 'key:registrar', source: { title: 'C.N.326.2020' }, correlation: 'request' },
    });
    expect([revision, repeated]).toEqual([0, false]);
  });

  it('decides on what another process recorded', async () => {
    await other.record(iso3, accession());
    await expect(one.record(iso3, accession('2021-01-01'))).rejects.toMatchObject({ code: 'instrument-already-deposited' });
  });

  it('keeps all of two facts that come to two processes at the same moment', async () => {
    for (let n = 0; n < 10; n++) await Promise.all([one.record(iso3, remark(`one ${n}`)), other.record(iso3, remark(`other ${n}`))]);
    expect((await said()).sort()).toEqual([...Array(10).keys()].flatMap((n) => [`one ${n}`, `other ${n}`]).sort());
  });

  it('keeps all of a hundred facts about one State that come at the same moment', async () => {
    const many = [...Array(100).keys()].map(String);
    const answers = await Promise.all(many.map((n) => (Number(n) % 2 ? one : other).record(iso3, remark(n))));
    expect((await said()).map(Number).sort((a, b) => a - b)).toEqual([...Array(100).keys()]);
    expect(new Set(answers.map(({ revision }) => revision)).size).toBe(100);
  });

  it('takes one of two deposits that come at the same moment, and refuses the other', async () => {
    const outcomes = await Promise.allSettled([one.record(iso3, accession()), other.record(iso3, accession('2020-08-07'))]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'instrument-already-deposited' } });
    expect(await onRecord()).toHaveLength(1);
  });

  it('answers a repeat as the first time and records nothing, also from a process that started later', async () => {
    const first = await one.record(iso3, accession(), { idempotencyKey: 'k' });
    await other.record(iso3, remark('in between'));
    const third = await start();
    expect(await third.record(iso3, accession(), { idempotencyKey: 'k' }, { correlation: 'another request' })).toEqual({ ...first, repeated: true });
    expect(await onRecord()).toHaveLength(2);
  });

  it('records once what comes twenty times at the same moment to two processes', async () => {
    const answers = await Promise.all([...Array(20).keys()].map((n) => (n % 2 ? one : other).record(iso3, accession(), { idempotencyKey: 'k' })));
    expect(new Set(answers.map(({ events, position }) => `${events[0]} ${position}`)).size).toBe(1);
    expect(await onRecord()).toHaveLength(1);
  });

  it('turns down a key that came with another command', async () => {
    await one.record(iso3, remark('this'), { idempotencyKey: 'k' });
    for (const attempt of [other.record(iso3, remark('that'), { idempotencyKey: 'k' }), one.record(iso3, remark('this'), { idempotencyKey: 'k' }, { note: 'with a note' })]) {
      await expect(attempt).rejects.toMatchObject({ status: 422, code: 'idempotency-key-reused' });
    }
    expect(await said()).toEqual(['this']);
  });

  it('knows a key only of the same State and the same caller', async () => {
    await one.record(iso3, remark('this'), { idempotencyKey: 'k' });
    await one.record(`${iso3.slice(0, 2)}9`, remark('this'), { idempotencyKey: 'k' });
    expect((await one.record(iso3, remark('this'), { idempotencyKey: 'k' }, { actor: 'key:other' })).repeated).toBe(false);
    expect(await onRecord()).toHaveLength(2);
  });

  it('does not remember what was refused: the same key may come again once the rule allows it', async () => {
    const ratification: AnyProposal = { type: 'instrument-deposited', effectiveOn: '2020-08-06', data: { instrument: 'ratification' } };
    await expect(one.record(iso3, ratification, { idempotencyKey: 'k' })).rejects.toMatchObject({ code: 'not-signed' });
    await one.record(iso3, { type: 'signed', effectiveOn: '2009-01-01', data: {} });
    expect(await one.record(iso3, ratification, { idempotencyKey: 'k' })).toMatchObject({ revision: 1, repeated: false });
  });

  it('records only if nobody recorded anything since, where asked to', async () => {
    await one.record(iso3, remark('first'), { ifRevision: -1 });
    await expect(other.record(iso3, remark('late'), { ifRevision: -1 })).rejects.toMatchObject({ status: 412, code: 'stale-revision' });
    await other.record(iso3, remark('second'), { ifRevision: 0 });
    expect(await said()).toEqual(['first', 'second']);
  });

  it('takes one of many commands that saw the same revision', async () => {
    await one.record(iso3, remark('first'));
    const outcomes = await Promise.allSettled([...Array(10).keys()].map((n) => (n % 2 ? one : other).record(iso3, remark(String(n)), { ifRevision: 0 })));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes.filter(({ status }) => status === 'rejected')) expect(outcome).toMatchObject({ reason: { status: 412 } });
    expect(await onRecord()).toHaveLength(2);
  });

  it('answers a repeat also where the revision has moved on since', async () => {
    const first = await one.record(iso3, remark('first'), { ifRevision: -1, idempotencyKey: 'k' });
    expect(await other.record(iso3, remark('first'), { ifRevision: -1, idempotencyKey: 'k' })).toEqual({ ...first, repeated: true });
  });

  it('records nothing of what a rule refuses, nor of a dry run', async () => {
    const head = await one.log.lastPosition();
    await expect(one.record(iso3, accession('2027-01-01'))).rejects.toMatchObject({ code: 'date-in-the-future' });
    await expect(one.record(iso3, accession('2027-01-01'), { dryRun: true })).rejects.toMatchObject({ code: 'date-in-the-future' });
    expect(await one.record(iso3, accession(), { dryRun: true, idempotencyKey: 'k' })).toMatchObject({
      dryRun: true, before: { participation: { status: 'none' } }, after: { participation: { status: 'contracting', depositedOn: '2020-08-06' } },
    });
    expect(await one.log.lastPosition()).toBe(head);
    expect(await one.record(iso3, accession(), { idempotencyKey: 'k' })).toMatchObject({ revision: 0, repeated: false });
  });
});
