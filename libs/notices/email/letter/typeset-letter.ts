import type { TemplateLanguage } from '../../simulation/sample-directory.js';
import { typeset } from '../languages/fill.js';
import type { Block, Letter, Link } from './letter.js';

/** Before lines are broken: the marks that a language keeps with the word before them. Addresses stay as they are. */
export const typesetLetter = (letter: Letter, language: TemplateLanguage): Letter => {
  const say = (text: string): string => typeset(language, text);
  const link = ({ label, url }: Link): Link => ({ label: say(label), url });
  return {
    subject: say(letter.subject),
    head: letter.head.map(say),
    attention: letter.attention && say(letter.attention),
    salutation: say(letter.salutation),
    blocks: letter.blocks.map((block) => typesetBlock(block, say, link)),
    closing: say(letter.closing),
    signature: letter.signature.map(say),
    footer: letter.footer.map(say),
    confirm: letter.confirm && link(letter.confirm),
    unsubscribe: link(letter.unsubscribe),
  };
};

const typesetBlock = (block: Block, say: (text: string) => string, link: (link: Link) => Link): Block => {
  if (block.kind === 'link') return { kind: 'link', link: link(block.link) };
  if (block.kind !== 'entry') return { kind: block.kind, text: say(block.text) };
  return {
    kind: 'entry',
    title: say(block.title),
    tone: block.tone,
    lines: block.lines.map(say),
    rows: block.rows.map(([label, value]) => [say(label), say(value)] as const),
    lists: block.lists.map(({ label, items }) => ({ label: say(label), items: items.map(say) })),
    link: block.link && link(block.link),
  };
};
