/** The system's time comes from here and nowhere else, so that tests and simulations can set it. */
export interface Clock {
  now(): Temporal.Instant;
}

export const CLOCK = Symbol('Clock');

export const systemClock: Clock = { now: () => Temporal.Now.instant() };

/** A clock that stands where it was last put. */
export class StoppedClock implements Clock {
  constructor(private instant: Temporal.Instant) {}

  now(): Temporal.Instant {
    return this.instant;
  }

  moveTo(instant: Temporal.Instant): void {
    this.instant = instant;
  }
}

/** The treaty's day, in UTC, whatever zone the server stands in: `2026-11-24`. */
export const todayOf = (clock: Clock): string => clock.now().toZonedDateTimeISO('UTC').toPlainDate().toString();

/** ISO 8601 in UTC with milliseconds, as instants are written everywhere. */
export const instantOf = (clock: Clock): string => clock.now().toString({ smallestUnit: 'millisecond' });
