import type { Day } from '#treaty';

const OPENS = 8;
const CLOSES = 17;

/**
 * The first instant, not before `now`, at which a message of a day may go out: between eight and five on a weekday where
 * its recipient is. The day is the treaty's; the hour is the recipient's.
 */
export const sendAfter = (on: Day, timeZone: string, now: Temporal.Instant): Temporal.Instant => {
  const opening = Temporal.PlainDate.from(on).toZonedDateTime({ timeZone, plainTime: { hour: OPENS } });
  let at = Temporal.Instant.compare(now, opening.toInstant()) > 0 ? now.toZonedDateTimeISO(timeZone) : opening;
  if (at.hour < OPENS) at = at.withPlainTime({ hour: OPENS });
  if (at.hour >= CLOSES) at = at.add({ days: 1 }).withPlainTime({ hour: OPENS });
  while (at.dayOfWeek > 5) at = at.add({ days: 1 }).withPlainTime({ hour: OPENS });
  return at.toInstant();
};
