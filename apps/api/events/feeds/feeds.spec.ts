import { describe, expect, it } from '@jest/globals';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { eventTypes, type PublicEvent } from '#webhooks';
import { asAtom } from './atom.js';
import { entryOf } from './entry-of.js';
import type { Feed, FeedEntry } from './feed.js';
import { headline } from './headline.js';
import { asJsonFeed } from './json-feed.js';

const HOSTILE = `Côte d’Ivoire & <script>alert("1")</script> ]]> 集束弹药 &amp; '\u0000\u0008\ufffe`;
const event = (more: Partial<PublicEvent> = {}): PublicEvent => ({
  id: '0192f0c1-7a50-7c51-9f8e-3b1d7e8a1c01', position: 7, type: 'treaty.instrument.deposited', version: 1, treaty: 'ccm', state: 'GNB', meeting: null, theme: 'universalization', time: '2026-12-01T08:00:00.000Z', history: false,
  dates: { effectiveOn: '2010-11-29', knownBy: null, knownOn: '2010-11-29' }, details: { instrument: 'ratification' }, source: { title: 'Depositary notification', reference: 'C.N.1' }, ...more,
});
const entry = (one: PublicEvent, amended: PublicEvent[] = []): FeedEntry =>
  entryOf(one, { base: 'https://pacta.example', nameOf: (iso3) => (iso3 === 'GNB' ? 'Guinea-Bissau' : iso3), amended: new Map(amended.map((other) => [String(other.details['fact']), other])) });
const feed = (entries: FeedEntry[]): Feed => ({ id: 'urn:uuid:18faa706-9aab-573f-885c-3db4c0679704', title: HOSTILE, self: 'https://pacta.example/v1/feeds/all.atom?states=GNB&limit=3', home: 'https://pacta.example/v1/treaties', updated: '2026-12-01T08:00:00.000Z', entries });

const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', isArray: (name) => ['entry', 'link', 'category'].includes(name) });
interface Parsed { feed: Record<string, unknown> & { entry: Record<string, unknown>[] } }

describe('an entry', () => {
  it('reads as one who reads the news would have it', () =>
    expect(entry(event())).toEqual({
      id: 'urn:uuid:0192f0c1-7a50-7c51-9f8e-3b1d7e8a1c01', title: 'Guinea-Bissau deposited its instrument of ratification', text: 'Effective: 2010-11-29\nInstrument: ratification\nSource: Depositary notification, C.N.1',
      link: 'https://pacta.example/v1/treaties/ccm/states/GNB', published: '2026-12-01T08:00:00.000Z', updated: '2026-12-01T08:00:00.000Z', tags: ['treaty.instrument.deposited', 'ccm', 'GNB', 'universalization'],
    }));

  it('of what was retracted or corrected says so, keeps its id and has changed since', () => {
    for (const [type, word] of [['fact.retracted', 'Retracted'], ['fact.corrected', 'Corrected']] as const) {
      const amended = entry(event(), [event({ id: 'other', type, time: '2026-12-03T09:00:00.000Z', details: { fact: event().id } })]);
      expect(amended).toMatchObject({ id: entry(event()).id, title: `${word}: Guinea-Bissau deposited its instrument of ratification`, published: event().time, updated: '2026-12-03T09:00:00.000Z' });
    }
  });

  it.each<[Partial<PublicEvent>, string]>([
    [{ type: 'treaty.in_force', details: { inForceOn: '2011-05-01' } }, 'The treaty entered into force for Guinea-Bissau'], [{ type: 'extension.decided', details: { article: 4, outcome: 'granted' } }, 'Guinea-Bissau: the extension under Article 4 was granted'],
    [{ type: 'deadline.passed', details: { article: 7, kind: 'annual-report', year: 2026, dueOn: '2027-04-30', status: 'overdue' } }, 'Guinea-Bissau: annual report under Article 7 was due on 2027-04-30'],
    [{ type: 'report.submitted', details: {} }, 'Guinea-Bissau submitted a transparency report'], [{ type: 'meeting.held', state: null, meeting: '2RC', details: {} }, 'Meeting 2RC was held'], [{ type: 'coverage.stated', state: null, details: {} }, 'The record: it was stated until when the record is complete for a kind of obligation'],
  ])('%j is headed %s', (more, title) => expect(entry(event(more)).title).toBe(title));

  it('of every type has a heading of one line, without "A State" in it', () => {
    for (const { type } of eventTypes()) expect(headline({ type, meeting: null, details: {} }, 'Peru')).toMatch(/^(?!.*\b[Aa] State\b.*from).{5,150}$/);
  });
});

describe('as Atom', () => {
  const xml = asAtom(feed([entry(event({ source: { title: HOSTILE } })), entry(event({ id: '0192f0c1-7a50-7c51-9f8e-3b1d7e8a1c02' }))]));

  it('is well-formed whatever was recorded, and means what was recorded', () => {
    expect(XMLValidator.validate(xml)).toBe(true);
    expect(xml).not.toMatch(/<script|[\u0000\u0008\ufffe]/);
    const { feed: read } = parser.parse(xml) as Parsed;
    expect(read['title']).toBe(HOSTILE.replace(/[\u0000\u0008\ufffe]/g, ''));
    expect(read.entry[0]?.['summary']).toContain('Source: Côte d’Ivoire & <script>alert("1")</script>');
  });

  it('has what Atom requires: id, title and time of the feed and of each entry, an author, and a link to itself', () => {
    const { feed: read } = parser.parse(xml) as Parsed;
    expect(read).toMatchObject({ '@xmlns': 'http://www.w3.org/2005/Atom', id: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/), updated: '2026-12-01T08:00:00.000Z', author: { name: 'Pacta' } });
    expect(read['link']).toContainEqual({ '@rel': 'self', '@type': 'application/atom+xml', '@href': 'https://pacta.example/v1/feeds/all.atom?states=GNB&limit=3' });
    expect(read.entry).toHaveLength(2);
    for (const one of read.entry) expect(one).toMatchObject({ id: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/), title: expect.any(String), updated: expect.stringMatching(/Z$/), link: [{ '@rel': 'alternate', '@href': expect.stringMatching(/^https:/) }] });
  });

  it('may be empty', () => expect(XMLValidator.validate(asAtom(feed([])))).toBe(true));
});

it('as JSON Feed it has what version 1.1 requires', () => {
  const read = JSON.parse(asJsonFeed(feed([entry(event())]))) as { items: object[] };
  expect(read).toMatchObject({ version: 'https://jsonfeed.org/version/1.1', title: HOSTILE, feed_url: expect.any(String) });
  expect(read.items).toEqual([expect.objectContaining({ id: `urn:uuid:${event().id}`, content_text: expect.any(String), date_published: '2026-12-01T08:00:00.000Z' })]);
});
