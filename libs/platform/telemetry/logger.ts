import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';

export const LOGGER = Symbol('Logger');

/** One JSON line a message. What could identify a person or open a door is cut out wherever it stands. */
export const createLogger = (level: string, destination?: DestinationStream): Logger =>
  pino(
    {
      level,
      base: undefined,
      timestamp: stdTimeFunctions.isoTime,
      redact: { paths: ['authorization', '*.authorization', 'headers', '*.headers', 'password', '*.password', 'key', '*.key', 'email', '*.email'], censor: '…' },
    },
    destination ?? pino.destination(2),
  );
