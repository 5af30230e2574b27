import { describe, expect, it } from '@jest/globals';
import { eventLogContract } from '../contract/index.js';
import { sampleEvent, sampleEvents } from '../contract/samples.js';
import { copyOf } from './copy-of.js';
import { InMemoryEventLog } from './in-memory-event-log.js';

eventLogContract('Memory', () => Promise.resolve(new InMemoryEventLog()));

describe('the event log in memory', () => {
  it('keeps what was written, whatever the writer or a reader does to its objects', async () => {
    const log = new InMemoryEventLog();
    const event = sampleEvent({ deep: { text: 'kept' } });
    await log.append('a', [event], { expected: 'none' });
    event.data['deep'] = 'changed by the writer';
    const [read] = await log.read('a');
    expect(() => Object.assign(read!.data['deep'] as object, { text: 'changed by a reader' })).toThrow(TypeError);
    expect((await log.read('a'))[0]?.data).toEqual({ deep: { text: 'kept' } });
  });

  it('ends its followers when it is closed', async () => {
    const log = new InMemoryEventLog();
    for await (const { live } of log.follow({ after: 0, signal: new AbortController().signal })) if (live) setTimeout(() => void log.close(), 5);
  });
});

describe('a copy of a log', () => {
  it('holds the streams asked for, event by event, and is a log of its own', async () => {
    const log = new InMemoryEventLog();
    for (const stream of ['dossier-ccm-AFG', 'dossier-att-AFG', 'dossier-ccm-AFG']) await log.append(stream, sampleEvents(2), { expected: 'any' });
    const copy = await copyOf(log, ['dossier-ccm-']);
    const place = { position: expect.any(Number) };
    expect(await copy.read('dossier-ccm-AFG')).toEqual((await log.read('dossier-ccm-AFG')).map((event) => ({ ...event, ...place })));
    expect(await copy.lastPosition()).toBe(4);
    await copy.append('dossier-ccm-AFG', sampleEvents(1), { expected: 3 });
    expect(await log.lastPosition()).toBe(6);
  });

  it('knows a repeat of what it copied', async () => {
    const log = new InMemoryEventLog();
    const events = sampleEvents(2);
    await log.append('a', events, { expected: 'none' });
    const copy = await copyOf(log, ['a']);
    expect(await copy.append('a', events, { expected: 'none' })).toMatchObject({ revision: 1 });
    expect(await copy.lastPosition()).toBe(2);
  });
});
