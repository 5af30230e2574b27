import { AppendRefused, type Expectation, type JsonObject, type NewEvent, type StreamWrite } from './port.js';

/** A write checked and written out, ready for a store; nothing the caller does to its objects afterwards reaches it. */
export interface PreparedWrite {
  stream: string;
  expected: Expectation;
  events: PreparedEvent[];
}

export interface PreparedEvent {
  /** Lower case: a UUID is the same UUID however it is written. */
  id: string;
  type: string;
  /** JSON text. */
  data: string;
  metadata: string;
  recordedAt: string;
}

/**
 * Everything that can be said of an append without looking at the log. Throws AppendRefused.
 *
 * Strict on purpose: appends of several callers share a transaction, so what a database would choke on must never get there.
 */
export const prepareWrites = (writes: readonly StreamWrite[]): PreparedWrite[] => {
  refuseIf(writes.length === 0, 'An append needs at least one stream.');
  refuseIf(repeats(writes.map((write) => write.stream)), 'An append may name a stream only once.');
  return writes.map((write) => {
    checkName('stream', write.stream);
    const { expected } = write;
    refuseIf(
      typeof expected === 'number' ? !Number.isSafeInteger(expected) || expected < 0 : !['any', 'none', 'exists'].includes(expected),
      `An append expects any, none, exists or a revision from 0, not ${String(expected)}.`,
    );
    refuseIf(write.events.length === 0, `An append to ${write.stream} has no events.`);
    const events = write.events.map(prepareEvent);
    refuseIf(repeats(events.map((event) => event.id)), `An append to ${write.stream} has the same event id twice.`);
    return { stream: write.stream, expected, events };
  });
};

const prepareEvent = (event: NewEvent): PreparedEvent => {
  refuseIf(!UUID.test(event.id), `The event id ${JSON.stringify(event.id)} is not a UUID.`);
  checkName('event type', event.type);
  refuseIf(!isInstant(event.recordedAt), `Event ${event.id}: recordedAt ${JSON.stringify(event.recordedAt)} is not an ISO 8601 instant in UTC.`);
  return {
    id: event.id.toLowerCase(),
    type: event.type,
    data: jsonText(`Data of event ${event.id}`, event.data),
    metadata: jsonText(`Metadata of event ${event.id}`, event.metadata),
    recordedAt: event.recordedAt,
  };
};

const checkName = (what: string, name: string): void => {
  refuseIf(typeof name !== 'string' || name === '', `The ${what} has no name.`);
  // Names are index keys; PostgreSQL takes 2,704 bytes for one and a character has up to four.
  refuseIf(name.length > 500, `The ${what} name is longer than 500 characters.`);
  refuseIf(name.includes('\0') || !name.isWellFormed(), `The ${what} name ${JSON.stringify(name)} has characters that cannot be stored.`);
};

const jsonText = (what: string, value: JsonObject): string => {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    throw new AppendRefused(`${what} cannot be written as JSON: ${String(error)}`);
  }
  if (!text?.startsWith('{')) throw new AppendRefused(`${what} is not an object.`);
  refuseIf(text.includes('\\u') && UNSTORABLE.test(text), `${what} has characters that cannot be stored (NUL or half a surrogate pair).`);
  return text;
};

/** NUL and lone surrogates, as JSON.stringify escapes them; an even number of backslashes before the escape are themselves text. */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Up to microseconds, which is what PostgreSQL keeps. */
const INSTANT = /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?Z$/;

const isInstant = (text: string): boolean => {
  const [, day] = INSTANT.exec(text) ?? [];
  if (day === undefined || day === '00') return false;
  // How long a month is, Temporal knows; that every month has 28 days needs no asking.
  if (day <= '28') return true;
  try {
    Temporal.PlainDate.from(text.slice(0, 10));
    return true;
  } catch {
    return false;
  }
};

const repeats = (names: readonly string[]): boolean => names.length > 1 && new Set(names).size < names.length;

const refuseIf = (wrong: boolean, message: string): void => {
  if (wrong) throw new AppendRefused(message);
};
