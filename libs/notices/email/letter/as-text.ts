import type { Block, Letter, Link } from './letter.js';

const WIDTH = 76;

/** The letter as plain text, in lines of at most 76 characters; only an address may be longer. */
export const asText = (letter: Letter): string =>
  [
    ...letter.head, '',
    ...(letter.attention ? [...wrap(letter.attention), ''] : []),
    letter.salutation, '',
    ...letter.blocks.flatMap((block) => [...blockLines(block), '']),
    ...wrap(letter.closing), '',
    ...letter.signature, '',
    '-- ',
    ...letter.footer.flatMap((line) => wrap(line)),
    ...(letter.confirm ? linkLines(letter.confirm) : []),
    ...linkLines(letter.unsubscribe), '',
  ].join('\n');

const blockLines = (block: Block): string[] => {
  switch (block.kind) {
    case 'paragraph':
      return wrap(block.text);
    case 'heading':
      return [...wrap(block.text), '='.repeat(Math.min(WIDTH, block.text.length))];
    case 'link':
      return linkLines(block.link);
    case 'entry':
      return [
        ...wrap(block.title),
        ...block.lines.flatMap((line) => wrap(line, '  ', '    ')),
        ...block.rows.flatMap(([label, value]) => wrap(`${label} ${value}`, '  ', '    ')),
        ...block.lists.flatMap(({ label, items }) => [`  ${label}`, ...items.flatMap((item) => wrap(`* ${item}`, '    ', '      '))]),
        ...(block.link ? linkLines(block.link).map((line) => `  ${line}`) : []),
      ];
  }
};

/** An address stands on a line of its own: mail programs then find where it ends. */
const linkLines = ({ label, url }: Link): string[] => [...wrap(label), url];

/** Breaks at plain spaces only: what an unbreakable one joins stays on one line. */
const wrap = (text: string, indent = '', hanging = indent): string[] => {
  const lines: string[] = [];
  let line = indent;
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = hanging;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
};
