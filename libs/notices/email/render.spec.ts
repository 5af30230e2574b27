import { describe, expect, it } from '@jest/globals';
import { TEMPLATE_LANGUAGES } from '../simulation/sample-directory.js';
import { senderOf } from './addresses.js';
import { messageKind } from './letter/message-kind.js';
import { MESSAGE_KINDS } from './languages/catalogue.js';
import type { Notice } from './notice.js';
import { render } from './render.js';
import { SAMPLE_LINKS, SAMPLE_NOTICES, SAMPLE_SENDER, sampleNames } from './samples.js';

const cases = Object.entries(SAMPLE_NOTICES).flatMap(([kind, notice]) => TEMPLATE_LANGUAGES.map((language) => ({ kind, notice, language })));
const rendered = (notice: Notice, language: 'en' | 'fr' | 'es' = 'en') => render(notice, language, SAMPLE_LINKS, SAMPLE_SENDER, sampleNames);

const sample = (kind: string): Notice => {
  const notice = SAMPLE_NOTICES[kind];
  if (!notice) throw new Error(`There is no sample "${kind}".`);
  return notice;
};

/** The words of an HTML message, without its marks. */
const wordsOf = (html: string): string =>
  html.replace(/<head>[^]*<\/head>/, '').replace(/<[^>]+>/g, ' ').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');

const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim();

describe('a rendered message', () => {
  it('has a sample of every kind', () => {
    expect(new Set(Object.values(SAMPLE_NOTICES).map(messageKind))).toEqual(new Set(MESSAGE_KINDS));
  });

  it.each(cases)('$kind in $language: text and HTML say the same', ({ notice, language }) => {
    const { text, html } = rendered(notice, language);
    const plain = text.replace(/^=+$/gm, '').replace(/^-- $/m, '').replace(/^ +\* /gm, '');
    expect(squeezed(wordsOf(html))).toBe(squeezed(plain));
  });

  it.each(cases)('$kind in $language: plain text in lines of 76, without entities; HTML that loads nothing', ({ notice, language }) => {
    const { subject, text, html } = rendered(notice, language);
    for (const line of text.split('\n')) if (!line.includes('https://')) expect(line.length).toBeLessThanOrEqual(76);
    expect(text).not.toMatch(/&[a-z#0-9]+;/);
    expect(text + subject).not.toMatch(/\{|\}|undefined|null|NaN/);
    expect(html).toContain(`<html lang="${language}" dir="ltr">`);
    expect(html).not.toMatch(/<(img|script|link|iframe|style)|src=|url\(/);
    expect([...html.matchAll(/href="([^"]+)"/g)].map(([, url]) => url).every((url) => url?.startsWith('https://record.isu.example/'))).toBe(true);
  });

  it('escapes whatever a name holds', () => {
    const notice = sample('before');
    const { html, text } = render({ ...notice, recipient: { ...notice.recipient, name: '"A" & <b>' } }, 'en', SAMPLE_LINKS, SAMPLE_SENDER, () => '<script>alert("x")</script>');
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;');
    expect(html).toContain('&quot;A&quot; &amp; &lt;b&gt;');
    expect(text).toContain('"A" & <b>');
  });

  it('groups by State and orders by due date; an obligation is told once', () => {
    const notice = sample('digest');
    const twice = { ...notice, about: [...notice.about, ...notice.about.map((subject) => ({ ...subject, step: 'T+30' }))] };
    expect(rendered(twice).text).toBe(rendered(notice).text);
    const { text } = rendered(notice);
    expect(text.indexOf('for 2018')).toBeLessThan(text.lastIndexOf('for 2019 (Art.\u00a07(2)). Overdue'));
    expect(text.indexOf('Bosnia')).toBeLessThan(text.indexOf('Lao'));
  });

  it('shows the three groups of the weekly overview even where one is empty', () => {
    const notice = sample('digest');
    const { text } = rendered({ ...notice, about: notice.about.filter(({ status }) => status === 'overdue') });
    expect(text.match(/None\./g)).toHaveLength(2);
  });

  it('tells by when a request must be filed for as long as it can be', () => {
    const notice = sample('before');
    const on = (day: string): string => squeezed(rendered({ ...notice, on: day }).text);
    expect(on('2021-11-30')).toContain('a request for an extension must reach us by 30 November 2021.');
    expect(on('2021-12-01')).toContain('A request for an extension had to reach us by 30 November 2021.');
  });

  it('offers no extension where the treaty has none', () => {
    const notice = sample('before-unscheduled');
    const { text } = rendered({ ...notice, about: notice.about.map((subject) => ({ ...subject, extendable: false })) });
    expect(text).not.toContain('extension');
  });

  it('says "tomorrow" on the day before', () => {
    expect(rendered({ ...sample('today'), on: '2021-04-29' }).text).toContain('Due tomorrow, 30 April 2021');
  });

  it('puts into the calendar only what lies ahead', () => {
    expect(rendered(sample('overdue')).ics).toBeNull();
    expect(rendered(sample('mixed')).ics?.match(/BEGIN:VEVENT/g)).toHaveLength(1);
    expect(rendered(sample('before')).ics).toContain('SEQUENCE:1\r\n');
    expect(rendered({ ...sample('before'), stampedAt: '2021-09-01T09:30:00Z' }).ics).toContain('DTSTAMP:20210901T093000Z\r\n');
  });

  it('has something to say', () => {
    expect(() => rendered({ ...sample('before'), about: [] })).toThrow('about something');
  });
});

describe('addresses', () => {
  it('reads MAIL_FROM', () => {
    expect(senderOf('Implementation Support Unit <isu@isu.example>')).toEqual({ name: 'Implementation Support Unit', address: 'isu@isu.example' });
    expect(senderOf('"Unit, Support" <isu@isu.example>')).toEqual({ name: 'Unit, Support', address: 'isu@isu.example' });
    expect(senderOf('isu@isu.example')).toEqual({ name: '', address: 'isu@isu.example' });
    expect(() => senderOf('isu')).toThrow('not an e-mail address');
  });
});
