import ical, { escape, ICalCalendarMethod, ICalEventTransparency } from 'ical-generator';
import { type Day, plus } from '#treaty';
import { oneLine } from '../letter/clean.js';

/** A day in a calendar. */
export interface CalendarEvent {
  /** The same for as long as the obligation exists, whatever becomes of its date (`uidOf`). */
  uid: string;
  on: Day;
  /** Grows each time the date moves: programs then replace the entry they have. */
  sequence: number;
  summary: string;
  description: string;
  url?: string;
}

export interface CalendarOptions {
  name: string;
  description?: string;
  language: string;
  /** Instant for DTSTAMP: given, so that the same calendar is the same bytes. */
  stampedAt: string;
  /** Of a feed: how often programs should look again. An attachment has none. */
  refreshHours?: number;
}

/** `ccm-BIH-4-clearance@pacta`, `ccm-BIH-7-annual-report-2024@pacta`. */
export const uidOf = (treaty: string, { iso3, article, kind, year }: { iso3: string; article: number; kind: string; year?: number }): string =>
  `${[treaty, iso3, article, kind, ...(year === undefined ? [] : [year])].map((part) => String(part).replace(/[^A-Za-z0-9.-]/g, '_')).join('-')}@pacta`;

/**
 * An iCalendar of whole days (RFC 5545): METHOD:PUBLISH, exclusive DTEND, no alarms, transparent, since a deadline takes
 * up nobody's day. For attachments and for feeds.
 */
export const calendarOf = (events: readonly CalendarEvent[], { name, description, language, stampedAt, refreshHours }: CalendarOptions): string => {
  const calendar = ical({
    prodId: { company: 'Pacta', product: 'Deadlines', language: language.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
    // The library writes these two as they are.
    name: escape(oneLine(name), false),
    ...(description === undefined ? {} : { description: escape(oneLine(description), false) }),
    ...(refreshHours === undefined ? {} : { ttl: refreshHours * 3600 }),
  });
  const stamp = Temporal.Instant.from(stampedAt);
  for (const event of events) {
    calendar.createEvent({
      id: oneLine(event.uid),
      sequence: event.sequence,
      stamp,
      start: Temporal.PlainDate.from(event.on),
      end: Temporal.PlainDate.from(plus(event.on, { days: 1 })),
      allDay: true,
      transparency: ICalEventTransparency.TRANSPARENT,
      summary: oneLine(event.summary),
      description: event.description.split('\n').map(oneLine).join('\n'),
      ...(event.url === undefined ? {} : { url: oneLine(event.url) }),
    });
  }
  return `${calendar.toString().trimEnd()}\r\n`;
};
