import type { Logger } from 'pino';
import type { Batch, EventLog, FollowOptions, StreamWrite } from '#event-log';
import { inSpan, tellStep } from '#platform';

/** The same log, with what is appended and taken in told to whoever watches: as steps of their traces, and at level `debug`. */
export const watchedLog = (log: EventLog, logger: Logger): EventLog => ({
  dense: log.dense,
  append: (stream, events, options) => watchAppend([{ stream, events, ...options }], () => log.append(stream, events, options)),
  appendAll: (writes) => watchAppend(writes, () => log.appendAll(writes)),
  read: (stream, options) => log.read(stream, options),
  readAll: (options) => log.readAll(options),
  follow: (options) => watchFollow(log, logger, options),
  lastPosition: () => log.lastPosition(),
  ping: () => log.ping(),
  close: () => log.close(),
});

const watchAppend = <Result>(writes: readonly StreamWrite[], append: () => Promise<Result>): Promise<Result> => {
  const first = writes[0]?.events[0];
  if (!first) return append();
  return inSpan('append', { correlation: first.metadata['correlation'], event: first.id, attributes: { 'pacta.stream': writes[0]?.stream ?? '', 'pacta.events': writes.reduce((sum, { events }) => sum + events.length, 0) } }, append);
};

/** Whoever follows asks for the next batch when it has taken in the one before. */
async function* watchFollow(log: EventLog, logger: Logger, options: FollowOptions): AsyncGenerator<Batch, void, undefined> {
  const name = options.name ?? 'follow';
  for await (const batch of log.follow(options)) {
    const from = Date.now();
    yield batch;
    const to = Date.now();
    for (const event of batch.events) tellStep(name, event, { from, to, attributes: { 'pacta.position': event.position } });
    if (logger.isLevelEnabled('debug')) for (const { position, type, metadata } of batch.events) logger.debug({ follower: name, position, type, correlation: metadata['correlation'] }, 'taken in');
  }
}
