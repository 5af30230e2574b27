import ICAL from 'ical.js';
import { describe, expect, it } from '@jest/globals';
import { calendarOf, uidOf } from './calendar-of.js';

const EVENT = { uid: uidOf('ccm', { iso3: 'LAO', article: 4, kind: 'clearance' }), on: '2025-08-01', sequence: 2, summary: 'République démocratique populaire lao : dépollution des zones contaminées, échéance', description: 'Une; deux, trois \\ quatre\nÀ la ligne, 日本語😀'.repeat(6), url: 'https://record.isu.example/ccm/LAO' };
const OPTIONS = { name: 'Échéances; CCM, toutes', language: 'fr', stampedAt: '2025-01-02T03:04:05Z' };

const parsed = (text: string): ICAL.Component => new ICAL.Component(ICAL.parse(text) as ConstructorParameters<typeof ICAL.Component>[0]);
const eventsOf = (text: string): ICAL.Event[] => parsed(text).getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));

describe('a calendar of deadlines', () => {
  it('holds whole days with an exclusive end, a stable id and a sequence', () => {
    const text = calendarOf([EVENT], OPTIONS);
    const [event] = eventsOf(text);
    expect(text).toContain('METHOD:PUBLISH\r\n');
    expect(text).toContain('DTSTART;VALUE=DATE:20250801\r\n');
    expect(text).toContain('DTEND;VALUE=DATE:20250802\r\n');
    expect(text).toContain('DTSTAMP:20250102T030405Z\r\n');
    expect(text).not.toContain('VALARM');
    expect(event?.startDate.isDate).toBe(true);
    expect([event?.uid, event?.sequence, event?.startDate.toString(), event?.endDate.toString()]).toEqual(['ccm-LAO-4-clearance@pacta', 2, '2025-08-01', '2025-08-02']);
    expect([event?.summary, event?.description]).toEqual([EVENT.summary, EVENT.description]);
  });

  it('folds lines at 75 octets, never inside a character', () => {
    const text = calendarOf([EVENT], { ...OPTIONS, refreshHours: 24 });
    const lines = text.split('\r\n');
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(lines.some((line) => line.startsWith(' '))).toBe(true);
    expect(lines.join('')).not.toContain('\ufffd');
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
  });

  it('names an annual report by its year, and nothing that a stream would not', () => {
    expect(uidOf('ccm', { iso3: 'BIH', article: 7, kind: 'annual-report', year: 2024 })).toBe('ccm-BIH-7-annual-report-2024@pacta');
    expect(uidOf('c c\r\nm', { iso3: 'B:H', article: 7, kind: 'x@y' })).toBe('c_c__m-B_H-7-x_y@pacta');
  });

  it('as a feed has a name and says how often to look again', () => {
    const text = calendarOf([EVENT, { ...EVENT, uid: 'other@pacta', on: '2024-12-31' }], { ...OPTIONS, description: 'Toutes les échéances', refreshHours: 12 });
    const calendar = parsed(text);
    expect(calendar.getFirstPropertyValue('x-wr-calname')).toMatch(/^Échéances/);
    expect(text).toContain('X-WR-CALNAME:Échéances\\; CCM\\, toutes\r\n');
    expect(text).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n');
    expect(eventsOf(text).map(({ endDate }) => endDate.toString())).toEqual(['2025-08-02', '2025-01-01']);
  });

  it('takes no property from what it is given', () => {
    const evil = 'x\r\nATTENDEE:mailto:evil@example.org';
    const text = calendarOf([{ uid: evil, on: '2025-08-01', sequence: 0, summary: evil, description: evil, url: `https://x.example/${evil}` }], { ...OPTIONS, name: evil, description: evil });
    expect(text).not.toMatch(/^ATTENDEE/m);
    expect(eventsOf(text)).toHaveLength(1);
  });

  it('is the same bytes for the same input, and may be empty', () => {
    expect(calendarOf([EVENT], OPTIONS)).toBe(calendarOf([EVENT], OPTIONS));
    expect(eventsOf(calendarOf([], OPTIONS))).toEqual([]);
  });
});
