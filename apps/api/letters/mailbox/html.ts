import type { KeptLetter, OpenedLetter } from '#notices';
import { escaped } from '../page.js';

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${escaped(title)}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 1rem auto; max-width: 60rem; padding: 0 1rem; color: #222; background: #fff; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid #ddd; vertical-align: top; overflow-wrap: anywhere; }
iframe { width: 100%; height: 70vh; border: 1px solid #ddd; } pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f6f6f6; padding: 1rem; }
</style></head>
<body>
${body}
</body>
</html>
`;

export const listPage = ({ items, next }: { items: KeptLetter[]; next: string | null }): string =>
  page('Mailbox', `<h1>Mailbox</h1>
<p>No mail server is set (SMTP_URL), so letters stay here and reach nobody.</p>
${items.length === 0 ? '<p>There are no letters.</p>' : `<table>
<thead><tr><th>Date</th><th>To</th><th>Subject</th></tr></thead>
<tbody>
${items.map((letter) => `<tr><td>${escaped(shortly(letter.date ?? letter.storedAt))}</td><td dir="auto">${escaped(letter.to)}</td><td dir="auto"><a href="/mailbox/${encodeURIComponent(letter.id)}">${escaped(letter.subject || '(no subject)')}</a></td></tr>`).join('\n')}
</tbody>
</table>`}
${next === null ? '' : `<p><a href="/mailbox?cursor=${encodeURIComponent(next)}">Older letters</a></p>`}`);

export const letterPage = ({ id, from, to, subject, date, text, html, headers, attachments }: OpenedLetter): string => {
  const path = encodeURIComponent(id);
  const rows = [['From', from], ['To', to], ['Date', date === null ? '' : shortly(date)], ['Attached', attachments.map(({ name, type, bytes }) => `${name ?? type} (${bytes} bytes)`).join(', ') || 'nothing']];
  return page(subject, `<p><a href="/mailbox">Mailbox</a></p>
<h1 dir="auto">${escaped(subject || '(no subject)')}</h1>
<table><tbody>
${rows.map(([name = '', value = '']) => `<tr><th>${name}</th><td dir="auto">${escaped(value)}</td></tr>`).join('\n')}
</tbody></table>
<p><a href="/v1/mailbox/${path}.eml">The letter as a file, with all that is attached</a></p>
${html === null ? '' : `<h2>As it looks</h2>\n<iframe sandbox title="The letter" src="/mailbox/${path}/html"></iframe>`}
<h2>As plain text</h2>
<pre dir="auto">${escaped(text ?? '')}</pre>
<details><summary>Headers</summary>
<pre>${escaped(headers.map(({ name, value }) => `${name}: ${value}`).join('\n'))}</pre></details>`);
};

export const noHtml = '<!doctype html><title>No HTML</title><p>This letter is plain text only.</p>';

/** `2027-02-01 08:00 UTC` */
const shortly = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
