import { ENUMS, type Field, MESSAGES } from './messages.js';

/** A message as it is written down: 64-bit numbers as text, bytes as `{ utf8 }` or `{ base64 }`, nothing that was not sent. */
export type Message = { [field: string]: unknown };

export const encode = (type: string, message: Message): Buffer => Buffer.concat(parts(type, message));

export const decode = (type: string, bytes: Buffer): Message => new Decoder(bytes).message(fieldsOf(type));

const fieldsOf = (type: string): Field[] => {
  const fields = MESSAGES.get(type);
  if (!fields) throw new Error(`There is no message ${type}.`);
  return fields;
};

const VARINT = 0;
const LENGTH = 2;

const parts = (type: string, message: Message): Buffer[] => {
  const fields = fieldsOf(type);
  for (const name of Object.keys(message)) if (!fields.some((field) => field.name === name)) throw new Error(`${type} has no field ${name}.`);
  return fields.flatMap((field): Buffer[] => {
    const value = message[field.name];
    if (value === undefined) return [];
    if (field.map) return Object.entries(value as Message).flatMap(([key, one]) => delimited(field.number, Buffer.concat([...encoded({ ...field, number: 1, type: 'string' }, key), ...encoded({ ...field, number: 2 }, one)])));
    return field.many ? (value as unknown[]).flatMap((one) => encoded(field, one)) : encoded(field, value);
  });
};

const encoded = ({ number, type }: Field, value: unknown): Buffer[] => {
  const names = ENUMS[type];
  if (names) return [varint(BigInt(number << 3)), varint(BigInt(names[value as string] ?? Number(value)))];
  switch (type) {
    case 'string':
    case 'name': return delimited(number, Buffer.from(value as string));
    case 'bytes': return delimited(number, bytesOf(value));
    case 'bool': return [varint(BigInt(number << 3)), varint(value ? 1n : 0n)];
    case 'sint64': return [varint(BigInt(number << 3)), varint(BigInt.asUintN(64, (BigInt(value as string) << 1n) ^ (BigInt(value as string) >> 63n)))];
    case 'int64': case 'int32': case 'uint32': case 'uint64': return [varint(BigInt(number << 3)), varint(BigInt.asUintN(64, BigInt(value as string)))];
    default: return delimited(number, encode(type, value as Message));
  }
};

const delimited = (number: number, bytes: Buffer): Buffer[] => [varint(BigInt((number << 3) | LENGTH)), varint(BigInt(bytes.length)), bytes];

const varint = (value: bigint): Buffer => {
  if (value < 128n) return Buffer.from([Number(value)]);
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    if (rest < 128n) return Buffer.from([...bytes, Number(rest)]);
    bytes.push(Number(rest & 127n) | 128);
  }
};

export const bytesOf = (value: unknown): Buffer => {
  if (value instanceof Uint8Array) return Buffer.from(value);
  const { utf8, base64 } = value as { utf8?: string; base64?: string };
  return utf8 === undefined ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(utf8);
};

class Decoder {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  message(fields: Field[]): Message {
    const message: Message = {};
    while (this.at < this.bytes.length) {
      const tag = this.small();
      const field = fields.find(({ number }) => number === tag >> 3);
      const raw = this.raw(tag & 7);
      if (!field) continue;
      const value = field.map ? undefined : valueOf(field, raw);
      if (field.map) {
        const entry = new Decoder(raw as Buffer).message([{ ...field, map: false, name: 'key', number: 1, type: 'string' }, { ...field, map: false, name: 'value', number: 2 }]);
        message[field.name] = { ...(message[field.name] as Message | undefined), [entry['key'] as string]: entry['value'] ?? '' };
      } else if (field.many) message[field.name] = [...((message[field.name] as unknown[] | undefined) ?? []), value];
      else message[field.name] = value;
    }
    return message;
  }

  private raw(wire: number): bigint | Buffer {
    if (wire === VARINT) return this.varint();
    if (wire !== LENGTH) throw new Error(`Wire type ${wire} was not expected.`);
    const length = this.small();
    return this.bytes.subarray(this.at, (this.at += length));
  }

  /** Of tags and lengths, which are small. */
  private small(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.bytes[this.at++] as number;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  private varint(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.bytes[this.at++] as number;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  }
}

const valueOf = ({ type }: Field, raw: bigint | Buffer): unknown => {
  const names = ENUMS[type];
  if (names) return Object.keys(names).find((name) => names[name] === Number(raw)) ?? Number(raw);
  switch (type) {
    case 'string':
    case 'name': return (raw as Buffer).toString('utf8');
    case 'bytes': return Buffer.from(raw as Buffer);
    case 'bool': return raw !== 0n;
    case 'int32': case 'uint32': return Number(BigInt.asIntN(32, raw as bigint));
    case 'int64': return BigInt.asIntN(64, raw as bigint).toString();
    case 'uint64': return (raw as bigint).toString();
    case 'sint64': return BigInt.asIntN(64, ((raw as bigint) >> 1n) ^ -((raw as bigint) & 1n)).toString();
    default: return decode(type, raw as Buffer);
  }
};
