import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import { unspoken, UNSPOKEN_NAMES } from './unspoken.js';

export const LOGGER = Symbol('Logger');

/**
 * One JSON line a message. What could identify a person or open a door is cut out wherever it stands.
 *
 * @param secrets of the settings, which must not come through whoever says them
 */
export const createLogger = (level: string, { secrets = [], destination = pino.destination(2) }: { secrets?: readonly string[]; destination?: DestinationStream } = {}): Logger =>
  pino(
    {
      level,
      base: undefined,
      timestamp: stdTimeFunctions.isoTime,
      redact: { paths: UNSPOKEN_NAMES.flatMap((name) => ['', '*.', '*.*.', '*.*.*.'].map((depth) => `${depth}${name}`)), censor: '…' },
      hooks: { streamWrite: unspoken(secrets) },
    },
    destination,
  );
