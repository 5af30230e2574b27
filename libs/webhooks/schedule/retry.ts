/** Seconds from one attempt to the next: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h. After the tenth there is none. */
const WAITS = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

/** Many endpoints that failed together must not come back together: each wait is up to a tenth shorter or longer. */
const JITTER = 0.1;

/** A receiver may ask for more patience, but not for more than a day. */
const MOST_RETRY_AFTER = 86_400;

/** An endpoint on which nothing has succeeded for this long is disabled. */
export const FAILING_FOR = { hours: 5 * 24 };

/** What an answer means: any 2xx has it, 410 wants no more, and everything else (a redirect too) has failed. */
export type Verdict = 'delivered' | 'gone' | 'failed';

/** @param status null where there was no answer */
export const verdictOf = (status: number | null): Verdict => (status !== null && status >= 200 && status < 300 ? 'delivered' : status === 410 ? 'gone' : 'failed');

export interface Failed {
  /** Attempts made, this one included. */
  attempts: number;
  /** Of the failed attempt's end. */
  now: Temporal.Instant;
  /** Header of the answer, if it had one. */
  retryAfter?: string | null;
  /** Between 0 and 1. */
  random: number;
}

/** When to try again; null when it was tried often enough. */
export const nextAttempt = ({ attempts, now, retryAfter, random }: Failed): Temporal.Instant | null => {
  const wait = WAITS[attempts - 1];
  if (wait === undefined) return null;
  const byPlan = wait * (1 - JITTER + 2 * JITTER * random);
  const asked = secondsAsked(retryAfter, now);
  return now.add({ milliseconds: Math.round(1_000 * Math.max(byPlan, asked)) });
};

/** Seconds of a `Retry-After`, a number of them or an HTTP date (RFC 9110, 10.2.3); 0 where it says neither. */
export const secondsAsked = (retryAfter: string | null | undefined, now: Temporal.Instant): number => {
  const text = retryAfter?.trim() ?? '';
  const seconds = /^\d+$/.test(text) ? Number(text) : secondsUntil(text, now);
  return Math.min(Math.max(seconds, 0), MOST_RETRY_AFTER);
};

const secondsUntil = (date: string, now: Temporal.Instant): number => {
  const at = HTTP_DATE.test(date) ? Date.parse(date) : NaN;
  return Number.isNaN(at) ? 0 : (at - now.epochMilliseconds) / 1_000;
};

const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Whether an endpoint has failed for too long. */
export const isFailingTooLong = (failingSince: Temporal.Instant, now: Temporal.Instant): boolean => Temporal.Instant.compare(now, failingSince.add(FAILING_FOR)) >= 0;
