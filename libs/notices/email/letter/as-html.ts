import type { TemplateLanguage } from '../../simulation/sample-directory.js';
import { CATALOGUES } from '../languages/index.js';
import type { Block, Letter, Link, Tone } from './letter.js';

/**
 * The letter as HTML: one column, nothing loaded from anywhere, every style in place. Text and ground keep the reader's
 * own colours, so that dark mode needs no second set; only rules and edges are coloured, in tones that show on both.
 */
export const asHtml = (letter: Letter, language: TemplateLanguage): string => {
  const { dir } = CATALOGUES[language];
  const say = escapeHtml;
  const link = ({ label, url }: Link): string => `${say(label)}<br><a href="${escapeHtml(url)}">${escapeHtml(url)}</a>`;
  const content = [
    `<p style="${HEAD}"><strong>${say(letter.head[0] ?? '')}</strong><br>${letter.head.slice(1).map(say).join('<br>')}</p>`,
    ...(letter.attention ? [`<p style="${PARAGRAPH}">${say(letter.attention)}</p>`] : []),
    `<p style="${PARAGRAPH}">${say(letter.salutation)}</p>`,
    ...letter.blocks.map((block) => blockHtml(block, say, link, dir)),
    `<p style="${PARAGRAPH}">${say(letter.closing)}</p>`,
    `<p style="${PARAGRAPH}">${letter.signature.map(say).join('<br>')}</p>`,
    `<p style="${FOOT}">${letter.footer.map(say).join('<br>')}<br>${letter.confirm ? `${link(letter.confirm)}<br>` : ''}${link(letter.unsubscribe)}</p>`,
  ];
  return [
    '<!DOCTYPE html>',
    `<html lang="${language}" dir="${dir}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="supported-color-schemes" content="light dark">',
    '<meta name="format-detection" content="telephone=no, date=no, address=no">',
    `<title>${say(letter.subject)}</title>`,
    '</head>',
    '<body style="margin:0;padding:0">',
    `<div lang="${language}" dir="${dir}" style="${PAGE}">`,
    ...content,
    '</div>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
};

const PAGE = "max-width:600px;margin:0 auto;padding:20px 16px 32px;font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;font-size:16px;line-height:1.5;overflow-wrap:break-word";
const PARAGRAPH = 'margin:0 0 16px';
const HEAD = 'margin:0 0 24px;padding:0 0 12px;border-bottom:2px solid #3b7dc4';
const HEADING = 'margin:28px 0 12px;font-size:20px;line-height:1.3;font-weight:600';
const TITLE = 'margin:0 0 4px;font-size:16px;line-height:1.4;font-weight:600';
const FOOT = 'margin:28px 0 0;padding:12px 0 0;border-top:1px solid #8a8f98;font-size:14px;line-height:1.5';
const LIST = 'margin:0 0 8px;padding-inline-start:20px';
const EDGE: Record<Tone, string> = { due: '#3b7dc4', overdue: '#d0473b', done: '#3c9a5f' };

const entryStyle = (tone: Tone, dir: 'ltr' | 'rtl'): string => {
  // Not the logical properties: some mail programs drop them.
  const side = dir === 'ltr' ? 'left' : 'right';
  return `margin:0 0 20px;padding-${side}:14px;border-${side}:4px solid ${EDGE[tone]}`;
};

const blockHtml = (block: Block, say: (text: string) => string, link: (link: Link) => string, dir: 'ltr' | 'rtl'): string => {
  switch (block.kind) {
    case 'paragraph':
      return `<p style="${PARAGRAPH}">${say(block.text)}</p>`;
    case 'heading':
      return `<h2 style="${HEADING}">${say(block.text)}</h2>`;
    case 'link':
      return `<p style="${PARAGRAPH}">${link(block.link)}</p>`;
    case 'entry':
      return [
        `<div style="${entryStyle(block.tone, dir)}">`,
        `<h3 style="${TITLE}">${say(block.title)}</h3>`,
        ...block.lines.map((line) => `<p style="margin:0 0 6px">${block.rows.length > 0 ? `<strong>${say(line)}</strong>` : say(line)}</p>`),
        ...block.rows.map(([label, value]) => `<p style="margin:0 0 6px">${say(`${label} ${value}`)}</p>`),
        ...block.lists.map(({ label, items }) => `<p style="margin:10px 0 4px">${say(label)}</p>\n<ul style="${LIST}">${items.map((item) => `<li style="margin:0 0 4px">${say(item)}</li>`).join('')}</ul>`),
        ...(block.link ? [`<p style="margin:0">${link(block.link)}</p>`] : []),
        '</div>',
      ].join('\n');
  }
};

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] as string);
