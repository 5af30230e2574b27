import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgresError } from '#embedded-postgres';
import { OtherEventLog, UnfitEventLog } from '#event-log';
import { InvalidSettings, UnfitDatabase } from '#platform';
import { BadTable } from '#record';
import { UnfitRedis } from '#work-queue';

/** Takes down what was put up, last first. */
export type Cleanup = (() => Promise<unknown>)[];

/** Whoever runs us (a container, a service manager) ends us by force soon after this. */
const LIMIT_MS = 25_000;

/** Each step has half of the time that is left, so that one that hangs does not keep the others from being taken. */
export const cleanUp = async (steps: Cleanup, limitMs = LIMIT_MS): Promise<{ inTime: boolean }> => {
  const end = performance.now() + limitMs;
  let inTime = true;
  for (const step of steps.splice(0).reverse()) {
    const late = sleep((end - performance.now()) / 2, 'late' as const, { ref: false });
    const ended = await Promise.race([step().then(() => 'ended' as const, () => 'ended' as const), late]);
    inTime &&= ended === 'ended';
  }
  return { inTime };
};

/** Resolves at Ctrl-C or when the process is told to end; a second time ends it at once. */
export const untilTold = (): Promise<void> =>
  new Promise((resolve) => {
    let told = false;
    const tell = (): void => {
      if (told) process.exit(130);
      told = true;
      resolve();
    };
    process.on('SIGINT', tell);
    process.on('SIGTERM', tell);
  });

/**
 * A process from its start to its end: puts itself up, runs until it is told to end, and takes down what it put up,
 * also where it was told while still starting. A failure at start is one sentence and exit code 1.
 */
export const runProcess = async (start: (cleanup: Cleanup) => Promise<void>): Promise<never> => {
  const cleanup: Cleanup = [];
  const told = untilTold();
  try {
    await Promise.race([start(cleanup), told]);
    await told;
  } catch (error) {
    process.stderr.write(`${inOneSentence(error)}\n`);
    process.exitCode = 1;
  }
  const { inTime } = await cleanUp(cleanup);
  if (!inTime) {
    process.stderr.write(`Not everything had ended within ${LIMIT_MS / 1_000} seconds; what was left is cut off.\n`);
    process.exitCode = 1;
  }
  return process.exit();
};

/** Errors whose message was written for whoever starts the program. */
const PLAIN = [EmbeddedPostgresError, InvalidSettings, UnfitDatabase, UnfitEventLog, OtherEventLog, UnfitRedis, BadTable];

/** A failure at start, in one sentence that says what to do; anything unexpected with its stack. */
export const inOneSentence = (error: unknown): string => {
  if (PLAIN.some((kind) => error instanceof kind)) return (error as Error).message;
  const { code, message, port, stack } = error as { code?: string; message: string; port?: number; stack?: string };
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use: stop what listens there, or choose another with PORT=3001.`;
    case 'EACCES':
      return `No permission: ${message}. Choose another PORT or PACTA_HOME, or run as a user who may.`;
    case 'EADDRNOTAVAIL':
      return 'HOST is no address of this machine.';
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
      return 'The database at DATABASE_URL does not answer: check the address and whether it runs.';
    case '28P01':
    case '28000':
      return 'The database refuses the user or the password of DATABASE_URL.';
    case '3D000':
      return 'The database named in DATABASE_URL does not exist: create it first.';
    default:
      return stack ?? message;
  }
};
