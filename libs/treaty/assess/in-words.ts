import type { Duration } from '../calendar/day.js';

/** `8 years`, `18 months`, `180 days`. */
export const durationInWords = (duration: Duration): string =>
  (['years', 'months', 'days'] as const)
    .filter((unit) => duration[unit])
    .map((unit) => `${duration[unit]} ${duration[unit] === 1 ? unit.slice(0, -1) : unit}`)
    .join(' and ') || '0 days';
