import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';

export const LOGGER = Symbol('Logger');

/** Whatever stands under these names, as deep as an error carries its request or its contact. */
const SECRETS = ['authorization', 'headers', 'password', 'key', 'email', 'connectionString'];

/** One JSON line a message. What could identify a person or open a door is cut out wherever it stands. */
export const createLogger = (level: string, destination?: DestinationStream): Logger =>
  pino(
    {
      level,
      base: undefined,
      timestamp: stdTimeFunctions.isoTime,
      redact: { paths: SECRETS.flatMap((name) => ['', '*.', '*.*.', '*.*.*.'].map((depth) => `${depth}${name}`)), censor: '…' },
    },
    destination ?? pino.destination(2),
  );
