import { XMLBuilder } from 'fast-xml-parser';
import type { Feed } from './feed.js';

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', suppressEmptyNode: true });

/** As Atom (RFC 4287). */
export const asAtom = ({ id, title, self, home, updated, entries }: Feed): string =>
  builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'utf-8' },
    feed: {
      '@xmlns': 'http://www.w3.org/2005/Atom', '@xml:lang': 'en',
      id, title: sound(title), updated, author: { name: 'Pacta' }, generator: 'Pacta',
      link: [{ '@rel': 'self', '@type': 'application/atom+xml', '@href': self }, { '@rel': 'alternate', '@href': home }],
      entry: entries.map(({ id, title, text, link, published, updated, tags }) => ({
        id, title: sound(title), updated, published, link: { '@rel': 'alternate', '@href': link }, category: tags.map((term) => ({ '@term': sound(term) })), summary: sound(text),
      })),
    },
  });

/** Without the characters that no XML may hold, escaped or not. */
const sound = (text: string): string => text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '');
