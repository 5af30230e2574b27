import { createHash } from 'node:crypto';
import ICAL from 'ical.js';
import { describe, expect, it } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { TEMPLATE_LANGUAGES } from '../../simulation/sample-directory.js';
import type { Notice } from '../notice.js';
import { render } from '../render.js';
import { SAMPLE_LINKS, SAMPLE_NOTICES, SAMPLE_SENDER, sampleNames } from '../samples.js';
import { compose } from './compose.js';

const DATE = '2026-01-02T08:00:00Z';
const cases = Object.entries(SAMPLE_NOTICES).flatMap(([kind, notice]) => TEMPLATE_LANGUAGES.map((language) => ({ kind, notice, language })));

const composed = async (notice: Notice, language: 'en' | 'fr' | 'es', names = sampleNames) => {
  const rendered = render(notice, language, SAMPLE_LINKS, SAMPLE_SENDER, names);
  const mime = await compose(rendered, { from: SAMPLE_SENDER, to: notice.recipient, date: DATE });
  return { rendered, mime };
};

const sample = (kind: string): Notice => {
  const notice = SAMPLE_NOTICES[kind];
  if (!notice) throw new Error(`There is no sample "${kind}".`);
  return notice;
};

describe('the whole message', () => {
  it.each(cases)('$kind in $language: what a mail program reads is what was written', async ({ notice, language }) => {
    const { rendered, mime } = await composed(notice, language);
    const mail = await simpleParser(mime, { skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true });
    expect(mail.subject).toBe(rendered.subject);
    expect(mail.text?.trimEnd()).toBe(rendered.text.trimEnd());
    expect(typeof mail.html === 'string' && mail.html.trimEnd()).toBe(rendered.html.trimEnd());
    expect(mail.messageId).toBe(`<${notice.id}@isu.example>`);
    expect(mail.date?.toISOString()).toBe('2026-01-02T08:00:00.000Z');
    expect(mail.from?.value).toEqual([{ name: SAMPLE_SENDER.name, address: SAMPLE_SENDER.address }]);
    expect(Array.isArray(mail.to) ? undefined : mail.to?.value).toEqual([{ name: 'A. Example', address: 'a.example@mfa.example' }]);
    const raw = mime.toString('latin1').split('\r\n\r\n')[0] ?? '';
    for (const line of [
      'Auto-Submitted: auto-generated', 'X-Auto-Response-Suppress: OOF, AutoReply', 'List-ID: <ccm.reminders.isu.example>',
      'List-Unsubscribe: <https://record.isu.example/u/9f2c51>', 'List-Unsubscribe-Post: List-Unsubscribe=One-Click', `Content-Language: ${language}`,
    ]) expect(raw.split('\r\n')).toContain(line);

    const ahead = notice.about.filter(({ status, dueOn }) => status === 'pending' && dueOn !== null);
    if (ahead.length === 0) {
      expect(mail.attachments).toEqual([]);
      return;
    }
    const attached = mail.attachments.filter(({ contentType }) => contentType === 'application/ics');
    expect(attached.map(({ filename }) => filename)).toEqual(['deadlines.ics']);
    expect(attached[0]?.content.toString()).toBe(rendered.ics);
    expect(mime.toString('latin1')).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=PUBLISH/);
    const calendar = new ICAL.Component(ICAL.parse(rendered.ics ?? '') as ConstructorParameters<typeof ICAL.Component>[0]);
    expect(calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one).startDate.toString()).sort()).toEqual(ahead.map(({ dueOn }) => dueOn).sort());
  });

  it.each(cases)('$kind in $language: the same input gives the same bytes, in CRLF and in lines that every server takes', async ({ notice, language }) => {
    const [one, other] = [await composed(notice, language), await composed(notice, language)];
    const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
    expect(hash(one.mime)).toBe(hash(other.mime));
    const text = one.mime.toString('latin1');
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
    // Seven bits: no server has to convert what was stored.
    expect(text).not.toMatch(/[^\u0000-\u007f]/);
  });
});

describe('names as people have them, and texts as sources have them', () => {
  it.each([
    ['written from right to left', '\u0645\u0631\u064a\u0645 \u0628\u0646 \u0639\u0644\u064a', '\u0648\u0632\u0627\u0631\u0629 \u0627\u0644\u062e\u0627\u0631\u062c\u064a\u0629'],
    ['in Hebrew with a comma', '\u05db\u05d4\u05df, \u05de\u05e8\u05d9\u05dd', '(\u05de\u05e9\u05e8\u05d3)'],
    ['with quotes, brackets and an @', 'O"Neil, <Ana> (a@b.org)', 'Dept. "X"; Y'],
    ['of another script and beyond the first plane', '\u{20000}\u{20001} \u0421\u043e\u0444\u0438\u044f', '\u{1F5C2} Protocol'],
    ['of 10,000 characters', 'n'.repeat(10_000), 'office '.repeat(1_400).trim()],
  ])('%s: the letter says them, to one recipient', async (_, name, office) => {
    const notice = sample('before');
    const { rendered, mime } = await composed({ ...notice, recipient: { ...notice.recipient, name, office } }, 'fr');
    const mail = await simpleParser(mime, { skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true });
    expect(Array.isArray(mail.to) ? undefined : mail.to?.value).toEqual([{ name: [...name].slice(0, 200).join(''), address: 'a.example@mfa.example' }]);
    expect(mail.text?.trimEnd()).toBe(rendered.text.trimEnd());
    expect(rendered.text.replace(/\s+/g, ' ')).toContain(`${name}, ${office}`);
    expect(Math.max(...mime.toString('latin1').split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
  });

  it('a direction that a name would turn for the rest of the line is not turned', async () => {
    const notice = sample('before');
    const { rendered } = await composed({ ...notice, recipient: { ...notice.recipient, name: 'a\u202ecod.exe' } }, 'en');
    expect(rendered.text + rendered.html).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });

  it('a derivation and titles of 10,000 characters are said in full, on lines that every server takes', async () => {
    const notice = sample('filing');
    const long = 'word '.repeat(2_000).trim();
    const { rendered, mime } = await composed({ ...notice, about: notice.about.map((subject) => ({ ...subject, lastMeeting: { id: 'intersessional', title: long, start: '2022-08-30' } })) }, 'en', () => long);
    const mail = await simpleParser(mime, { skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true });
    expect(mail.subject).toBe(rendered.subject);
    expect(mail.text?.replace(/\s+/g, ' ')).toContain(`the ${long}, which opens`);
    for (const line of rendered.text.split('\n')) if (!line.includes('https://')) expect(line.length).toBeLessThanOrEqual(76);
    expect(Math.max(...mime.toString('latin1').split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
  });
});

describe('nothing from outside adds a header, a part or a recipient', () => {
  const EVIL = 'Evil\r\nBcc: victim@example.org\r\n\r\n<script>alert(1)</script>\u2028--_pacta';

  it('in names, offices, titles and States', async () => {
    const notice = sample('before-several');
    const evil: Notice = {
      ...notice,
      treaty: { id: 'trial\r\nX-Evil: 1', title: EVIL },
      recipient: { ...notice.recipient, name: EVIL, office: EVIL },
      about: notice.about.map((subject) => ({ ...subject, citation: EVIL, title: EVIL, derivation: [EVIL], lastMeeting: { id: EVIL, title: EVIL, start: '2022-08-30' } })),
    };
    const { mime } = await composed(evil, 'en', () => EVIL);
    const mail = await simpleParser(mime);
    expect(mail.bcc).toBeUndefined();
    expect([...mail.headers.keys()].filter((name) => name.startsWith('x-'))).toEqual(['x-auto-response-suppress']);
    expect(mail.subject).toContain('Evil Bcc: victim@example.org');
    expect(Array.isArray(mail.to) ? undefined : mail.to?.value.map(({ address }) => address)).toEqual(['a.example@mfa.example']);
    expect(mail.html).not.toContain('<script');
    expect(mail.html).toContain('&lt;script&gt;');
  });

  it('in addresses: they are refused', async () => {
    const notice = sample('before');
    for (const address of ['a@mfa.example\r\nBcc: b@mfa.example', 'a@mfa.example, b@mfa.example', 'nobody', '']) {
      await expect(composed({ ...notice, recipient: { ...notice.recipient, address } }, 'en')).rejects.toThrow('not an e-mail address');
    }
  });

  it('in ids and addresses to unsubscribe at: they are refused', () => {
    const notice = sample('before');
    expect(() => render({ ...notice, id: 'a\r\nb' }, 'en', SAMPLE_LINKS, SAMPLE_SENDER, sampleNames)).toThrow('The id of a notice');
    for (const unsubscribe of ['mailto:x@isu.example', 'javascript:alert(1)', 'nothing']) {
      expect(() => render(notice, 'en', { ...SAMPLE_LINKS, unsubscribe }, SAMPLE_SENDER, sampleNames)).toThrow('must start with https://');
    }
    expect(render(notice, 'en', { ...SAMPLE_LINKS, unsubscribe: 'https://isu.example/u/a>b\r\nX: 1' }, SAMPLE_SENDER, sampleNames).headers['List-Unsubscribe']).toBe('<https://isu.example/u/a%3EbX:%201>');
  });

  it('of a link without https: it leads to a page that asks, and no mail program may click it by itself', () => {
    const oneClick = (base: string) => 'List-Unsubscribe-Post' in render(sample('before'), 'en', { ...SAMPLE_LINKS, unsubscribe: `${base}/u/token` }, SAMPLE_SENDER, sampleNames).headers;
    expect(['https://isu.example', 'http://isu.example', 'http://127.0.0.1:3000'].map(oneClick)).toEqual([true, false, true]);
  });
});
