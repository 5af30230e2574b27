import { describe, expect, it } from '@jest/globals';
import { CCM, fact, pageOf, recorded, today } from '../../support/facts.js';
import { get } from '../../support/http.js';
import { refusalIn } from '../../support/problem.js';
import { ownService } from '../../support/suite.js';

interface Entry {
  uid: string;
  on: string;
  sequence: number;
}

const entriesOf = (calendar: string): Entry[] =>
  calendar.replace(/\r\n[ \t]/g, '').split('BEGIN:VEVENT').slice(1).map((event) => {
    const [, day = ''] = /^DTSTART;VALUE=DATE:(\d{8})\r?$/m.exec(event) ?? [];
    return { uid: /^UID:(\S+)/m.exec(event)?.[1] ?? '', on: day.replace(/(....)(..)(..)/, '$1-$2-$3'), sequence: Number(/^SEQUENCE:(\d+)/m.exec(event)?.[1]) };
  });

describe('a calendar', () => {
  const own = ownService();
  const feed = (path: string, headers = {}) => get<string>(own.service, `${CCM}/${path}`, headers);

  it('of a State holds what is pending there with a date, and nothing else', async () => {
    const { obligations } = await pageOf(own.service, 'BIH');
    const { headers, body } = await feed('states/BIH/calendar.ics');
    expect(headers.get('content-type')).toMatch(/^text\/calendar/);
    const pending = obligations.filter(({ status, dueOn }) => status === 'pending' && dueOn !== null);
    expect(entriesOf(body).map(({ on }) => on)).toEqual(pending.map(({ dueOn }) => dueOn).sort());
    expect(pending.length).toBeGreaterThan(0);
    expect(Math.max(...body.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
  });

  it('of a theme holds that of all States', async () => {
    const all = entriesOf((await feed('calendar.ics')).body);
    const clearance = entriesOf((await feed('calendar.ics?theme=clearance')).body);
    expect(clearance.length).toBeGreaterThan(0);
    expect(all).toEqual(expect.arrayContaining(clearance));
    expect(all.filter(({ uid }) => uid.endsWith('-4-clearance@pacta'))).toEqual(clearance.filter(({ uid }) => uid.endsWith('-4-clearance@pacta')));
    expect(clearance.filter(({ uid }) => uid.includes('report'))).toEqual([]);
  });

  it('speaks the language that is asked for', async () => {
    expect((await feed('states/DEU/calendar.ics?language=fr')).body).toContain('Allemagne');
    refusalIn(await feed('states/DEU/calendar.ics?language=xx'));
    refusalIn(await feed('states/XXX/calendar.ics'));
  });

  it('is known again by its tag until a deadline moves, and the entry then moves with a greater number', async () => {
    // Whichever State clears for longest has a deadline that lies well ahead.
    const { uid } = entriesOf((await feed('calendar.ics?theme=clearance')).body).filter((one) => one.uid.endsWith('-4-clearance@pacta')).at(-1) as Entry;
    const iso3 = uid.split('-')[1] as string;
    const path = `states/${iso3}/calendar.ics`;
    const entry = async () => entriesOf((await feed(path)).body).find((one) => one.uid === uid) as Entry;
    const [before, { headers, body }] = [await entry(), await feed(path)];
    const etag = headers.get('etag') as string;
    expect(body).toBe((await feed(path)).body);
    expect((await feed(path, { 'if-none-match': etag })).status).toBe(304);
    const until = `${Number(before.on.slice(0, 4)) + 1}${before.on.slice(4)}`;
    await recorded(own.service, iso3, fact('extension-requested', today(), { article: 4, months: 12, meeting: '13MSP' }));
    const { position } = await recorded(own.service, iso3, fact('extension-granted', today(), { article: 4, until, meeting: '13MSP', mode: 'silence' }));
    await pageOf(own.service, iso3, `minPosition=${position}`);
    expect((await feed(path, { 'if-none-match': etag })).status).toBe(200);
    expect(await entry()).toEqual({ uid, on: until, sequence: before.sequence + 1 });
  });
});
