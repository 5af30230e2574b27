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
    for (const unsubscribe of ['mailto:x@isu.example', 'http://isu.example/u', 'javascript:alert(1)', 'nothing']) {
      expect(() => render(notice, 'en', { ...SAMPLE_LINKS, unsubscribe }, SAMPLE_SENDER, sampleNames)).toThrow('must start with https://');
    }
    expect(render(notice, 'en', { ...SAMPLE_LINKS, unsubscribe: 'https://isu.example/u/a>b\r\nX: 1' }, SAMPLE_SENDER, sampleNames).headers['List-Unsubscribe']).toBe('<https://isu.example/u/a%3EbX:%201>');
  });
});
