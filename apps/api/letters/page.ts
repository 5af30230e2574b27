import type { FastifyReply } from 'fastify';

export const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** A page of plain HTML; `code` is there to be copied, the button posts to the address that the page was asked at. */
export const page = async (reply: FastifyReply, { title, text, code, button }: { title: string; text: string; code?: string; button?: string }): Promise<void> => {
  const copied = code === undefined ? '' : `<p><code>${escaped(code)}</code></p>\n`;
  const form = button === undefined ? '' : `<form method="post"><button>${escaped(button)}</button></form>\n`;
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${escaped(title)}</title></head>
<body>
<main>
<h1>${escaped(title)}</h1>
<p>${escaped(text)}</p>
${copied}${form}</main>
</body>
</html>
`;
  await reply
    .header('content-type', 'text/html; charset=utf-8').header('cache-control', 'no-store').header('referrer-policy', 'no-referrer')
    .header('content-security-policy', "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'").send(html);
};
