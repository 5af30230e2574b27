import { type Node, textIn } from './xml.js';

/** No name and no date is longer; a longer text is only cut, and will then match nothing. */
const MOST_CHARACTERS = 1000;

const NOTE_MARKS = ['superscript', 'sup'];

/**
 * What stands in a cell, without footnote marks (written as elements, or as the text of elements), without further
 * tags, and with single plain spaces.
 */
export const cellText = (entry: Node): string =>
  withoutEntities(textIn(entry, NOTE_MARKS).slice(0, MOST_CHARACTERS))
    .replace(/<(superscript|sup)>[^<]*<\/\1>/gi, '')
    .replace(/<\/?[a-z][^<>]*>/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** Without the numbers of footnotes that stand behind a name as plain text: `Participant 2, 3`. */
export const withoutNoteNumbers = (text: string): string => text.replace(/[\d*, ]+$/, '');

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' };

/** Only the entities that need no declaration, each read once: what comes out is never read again. */
const withoutEntities = (text: string): string =>
  text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (written: string, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? written;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : written;
  });
