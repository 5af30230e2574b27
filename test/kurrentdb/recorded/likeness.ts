import type { ServiceError } from '@grpc/grpc-js';
import { bytesOf, decode, type Message } from '../wire/codec.js';
import { MESSAGES } from '../wire/messages.js';
import { leftOut, type Refused } from './recording.js';

/** What differs from one run to the next. */
const PASSING = new Set(['timestamp', 'created', 'subscription_id', 'node_id', 'correlation_id', 'port']);
const POSITIONS = new Set(['commit_position', 'prepare_position', 'position']);

/** Ids that the recording gave; all others were made up by a program. */
const GIVEN = /^0{8}-0{4}-7/;

/**
 * Holds answers against recorded ones. Positions must only be the same wherever the recorded ones are, and in their order;
 * so what a recorded request says of a position is known for ours.
 */
export class Likeness {
  private readonly ours = new Map<string, string>();

  /** A recorded request with our positions. */
  translated<Value>(value: Value): Value {
    if (Array.isArray(value)) return value.map((one: unknown) => this.translated(one)) as Value;
    if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, POSITIONS.has(key) && typeof one === 'string' ? (this.ours.get(one) ?? one) : this.translated<unknown>(one)])) as Value;
  }

  /** Differences, as sentences. */
  of(recorded: readonly (Message | string)[], ours: readonly Message[]): string[] {
    const gap = recorded.findIndex((one) => typeof one === 'string');
    if (gap < 0) return [...(recorded.length === ours.length ? [] : [`${recorded.length} answers were recorded, ${ours.length} came`]), ...recorded.flatMap((one, index) => this.compare(one, ours[index], String(index)))];
    const count = recorded.length - 1 + leftOut(recorded[gap] as string);
    const tail = recorded.slice(gap + 1);
    return [...(count === ours.length ? [] : [`${count} answers were recorded, ${ours.length} came`]), ...this.of(recorded.slice(0, gap), ours.slice(0, gap)), ...this.of(tail, ours.slice(ours.length - tail.length))];
  }

  ofRefusals(recorded: Refused | undefined, error: ServiceError | undefined): string[] {
    if (!recorded || !error) return recorded || error ? [`refused with ${JSON.stringify(recorded?.message)}, ours with ${JSON.stringify(error?.details)}`] : [];
    const { details = [] } = decode('Status', (error.metadata.get('grpc-status-details-bin')[0] as Buffer | undefined) ?? Buffer.alloc(0)) as { details?: { type_url: string; value?: Buffer }[] };
    const headers = Object.fromEntries(Object.keys(recorded.headers ?? {}).map((key) => [key, error.metadata.get(key)[0]]));
    return [
      ...this.compare({ code: recorded.code, message: withoutPort(recorded.message) }, { code: error.code, message: withoutPort(error.details) }, 'status'),
      ...this.compare({ ...recorded.headers, ...('leader-endpoint-port' in headers ? { 'leader-endpoint-port': '' } : {}) }, { ...headers, ...('leader-endpoint-port' in headers ? { 'leader-endpoint-port': '' } : {}) }, 'headers'),
      ...this.compare(
        (recorded.details ?? []).map(({ type, value, base64 }) => ({ type, value: value ?? { base64 } })),
        details.map(({ type_url, value = Buffer.alloc(0) }, index) => ({ type: type_url.split('/')[1], value: recorded.details?.[index]?.base64 === undefined ? decode(type_url.split('.').at(-1) as string, value) : value })), 'details'),
    ];
  }

  private compare(recorded: unknown, ours: unknown, path: string): string[] {
    if (Array.isArray(recorded)) {
      const others = Array.isArray(ours) ? (ours as unknown[]) : [];
      return Array.from({ length: Math.max(recorded.length, others.length) }, (_, index) => this.compare(recorded[index], others[index], `${path}[${index}]`)).flat();
    }
    if (Buffer.isBuffer(ours) && recorded !== null && typeof recorded === 'object') {
      return 'utf8' in recorded || 'base64' in recorded ? (bytesOf(recorded).equals(ours) ? [] : [`${path}: ${JSON.stringify(recorded)} was recorded, ${ours.toString()} came`]) : this.compare(recorded, asAny(recorded, ours), path);
    }
    if (recorded !== null && typeof recorded === 'object') {
      if (ours === null || typeof ours !== 'object') return [`${path}: ${JSON.stringify(recorded)} was recorded, ${textOf(ours)} came`];
      const [left, right] = [recorded as Message, unpacked(recorded as Message, ours as Message)];
      return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((key) => this.compareField(key, left[key], right[key], `${path}.${key}`));
    }
    const [left, right] = [recorded, ours].map((value) => textOf(value));
    return left === right ? [] : [`${path}: ${left} was recorded, ${right} came`];
  }

  private compareField(key: string, recorded: unknown, ours: unknown, path: string): string[] {
    if (PASSING.has(key)) return (recorded === undefined) === (ours === undefined) ? [] : [`${path} is there on one side only`];
    if (POSITIONS.has(key) && typeof recorded === 'string' && ours !== undefined) return this.comparePosition(recorded, textOf(ours), path);
    if (key === 'string' && typeof recorded === 'string' && !GIVEN.test(recorded)) return typeof ours === 'string' ? [] : [`${path}: no id came`];
    return this.compare(recorded, ours, path);
  }

  private comparePosition(recorded: string, ours: string, path: string): string[] {
    const known = this.ours.get(recorded);
    this.ours.set(recorded, ours);
    const misplaced = known === undefined && [...this.ours].some(([theirs, own]) => Number(theirs) < Number(recorded) !== Number(own) < Number(ours) && theirs !== recorded);
    return (known === undefined || known === ours) && !misplaced ? [] : [`${path}: position ${recorded} was ${known ?? 'in another order'}, and is ${ours}`];
  }
}

const withoutPort = (text: string): string => text.replace(/(127\.0\.0\.1):\d+/, '$1');

/** A message inside bytes, of the type that stands beside it. */
const unpacked = (recorded: Message, ours: Message): Message => {
  const type = typeof ours['type_url'] === 'string' ? (ours['type_url'].split('.').at(-1) as string) : '';
  if (!MESSAGES.has(type)) return ours;
  const value = decode(type, (ours['value'] as Buffer | undefined) ?? Buffer.alloc(0));
  return { type_url: ours['type_url'], ...(recorded['value'] === undefined && Object.keys(value).length === 0 ? {} : { value }) };
};

const asAny = (recorded: object, ours: Buffer): unknown => (Object.keys(recorded).length === 0 && ours.length === 0 ? recorded : ours.toString('base64'));

/** Numbers may come as such or as text. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : String(JSON.stringify(value)));
