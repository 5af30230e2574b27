import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { BadStatusFile } from './bad-status-file.js';

/** A piece of text (`#text`) or an element, whose one key is its name. */
export type Node = Readonly<Record<string, string | readonly Node[]>>;

const TEXT = '#text';

/**
 * The order of the cells counts, so it is kept; nothing is taken for a number. Entities stay as they are written and
 * are read once, by `cell-text.ts`: the parser itself never expands any.
 */
const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: true, removeNSPrefix: true, parseTagValue: false, trimValues: false, processEntities: false });

/** The nodes of a well-formed document. Whatever could expand or point elsewhere is refused before it is parsed. */
export const parseXml = (text: string): readonly Node[] => {
  if (/<!doctype\s+html|<html[\s>]/i.test(text.slice(0, 2000))) {
    throw new BadStatusFile('The file is a web page and not XML, as the UN Treaty Collection shows it during maintenance; download the XML later.');
  }
  if (/<!(doctype|entity)/i.test(text)) {
    throw new BadStatusFile('The file declares a document type or entities, which no status page does, so it was not read; download it again from treaties.un.org.');
  }
  if (!text.trimStart().startsWith('<')) throw new BadStatusFile('The file is not XML; download the XML of the status page, such as XXVI-6.en.xml.');
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw new BadStatusFile(`The file is not complete XML, perhaps cut off (line ${valid.err.line}: ${valid.err.msg.replace(/\.$/, '')}); download it again.`);
  try {
    return parser.parse(text) as Node[];
  } catch (error) {
    throw new BadStatusFile(`The file is not XML that we can read (${(error as Error).message}); download it again.`);
  }
};

export const nameOf = (node: Node): string => (Object.keys(node)[0] ?? '').toLowerCase();

export const childrenOf = (node: Node): readonly Node[] => {
  const content = Object.values(node)[0];
  return typeof content === 'object' ? content : [];
};

/** All elements of a name, outermost only. Names are compared without case: the collection writes `Tbody` and `TGroup`. */
export const findAll = (nodes: readonly Node[], name: string): Node[] =>
  nodes.flatMap((node) => (nameOf(node) === name ? [node] : findAll(childrenOf(node), name)));

/** The text of an element with that of all its children, but for those of some names. */
export const textIn = (node: Node, without: readonly string[]): string =>
  childrenOf(node)
    .map((child) => {
      const own = child[TEXT];
      if (typeof own === 'string') return own;
      return without.includes(nameOf(child)) ? '' : textIn(child, without);
    })
    .join('');
