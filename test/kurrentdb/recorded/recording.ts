import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Message } from '../wire/codec.js';
import type { MethodName } from '../wire/methods.js';

/** One thing that was tried on a real server, and the calls that it took. */
export interface Step {
  what: string;
  exchanges: Exchange[];
}

export interface Exchange {
  call: MethodName;
  requiresLeader?: true;
  /** What was made to go wrong with the answer. */
  fault?: string;
  sent: Message[];
  /** A text in the place of answers says how many were left out. */
  answered: (Message | string)[];
  refused?: Refused;
}

export interface Refused {
  code: number;
  message: string;
  headers?: Record<string, string>;
  details?: { type: string; value?: Message; base64?: string }[];
}

/** The order in which they ran, on one database; the last on another, of three nodes. */
export const THEMES = ['connect', 'append', 'multi', 'records', 'read', 'readAll', 'follow', 'metadata', 'delete', 'lost-reply', 'race'] as const;

export const readSteps = (theme: string): Step[] =>
  readFileSync(join(import.meta.dirname, `${theme}.jsonl`), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as Step);

/** `… 197 more …` → 197. */
export const leftOut = (text: string): number => Number(/… (\d+) more …/.exec(text)?.[1] ?? 0);

/** A request as it was sent: what was left out by counting on, long texts at their length, deadlines from now. */
export const whole = (message: Message): Message => {
  const { options, proposed_messages, records } = message as { options?: Message; proposed_messages?: (Message | string)[]; records?: Message[] };
  return {
    ...message,
    ...(options?.['deadline_21_10_0'] ? { options: { ...options, deadline_21_10_0: { seconds: Math.floor(Date.now() / 1_000) + (options['deadline_21_10_0'] === 'past' ? -10 : 60) } } } : {}),
    ...(proposed_messages ? { proposed_messages: countedOn(proposed_messages).map(atLength) } : {}),
    ...(records ? { records: records.map(atLength) } : {}),
  };
};

const countedOn = (messages: (Message | string)[]): Message[] =>
  messages.flatMap((message, index) => {
    if (typeof message !== 'string') return [message];
    const before = messages[index - 1] as Message;
    return Array.from({ length: leftOut(message) }, (_, step) => ({
      ...before,
      id: { string: (before['id'] as { string: string }).string.replace(/\d+$/, (digits) => String(Number(digits) + step + 1).padStart(digits.length, '0')) },
      data: { utf8: (before['data'] as { utf8: string }).utf8.replace(/\d+/, (digits) => String(Number(digits) + step + 1)) },
    }));
  });

const atLength = (message: Message): Message => {
  const { utf8 } = (message['data'] ?? {}) as { utf8?: string };
  const bytes = Number(/…\((\d+) bytes\)$/.exec(utf8 ?? '')?.[1] ?? 0);
  return bytes > 0 ? { ...message, data: { utf8: `{"x":"${'y'.repeat(bytes - '{"x":""}'.length)}"}` } } : message;
};
