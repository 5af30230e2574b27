import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** Nest's own messages, through the log that everything else goes through. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown): void {
    this.logger.debug(String(message));
  }
  debug(message: unknown): void {
    this.logger.debug(String(message));
  }
  verbose(message: unknown): void {
    this.logger.debug(String(message));
  }
  warn(message: unknown): void {
    this.logger.warn(String(message));
  }
  error(message: unknown, ...more: unknown[]): void {
    // That it cannot listen is thrown as well, and whoever starts it says so in a sentence.
    if (more.at(-1) === 'NestApplication') return this.debug(message);
    this.logger.error({ more: more.map(String) }, String(message));
  }
  fatal(message: unknown, ...more: unknown[]): void {
    this.logger.fatal({ more: more.map(String) }, String(message));
  }
}
