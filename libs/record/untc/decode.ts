import { BadStatusFile } from './bad-status-file.js';

/** The longest status pages of the collection have about one megabyte. */
const MOST_BYTES = 10_000_000;

/** Bytes as text, by their byte order mark, else by the encoding that the XML declares, else as UTF-8. */
export const textOf = (bytes: Uint8Array): string => {
  if (bytes.length > MOST_BYTES) throw new BadStatusFile('The file is larger than 10 MB, which no status page is; choose the XML of one treaty, such as XXVI-6.en.xml.');
  const encoding = markOf(bytes) ?? declared(bytes) ?? 'utf-8';
  let decoder: TextDecoder;
  try {
    // The decoder reads ISO-8859-1 as windows-1252, as browsers do: pages that declare the one often hold quotes of the other.
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new BadStatusFile(`The file declares the encoding "${encoding}", which we do not know; save it as UTF-8.`);
  }
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw new BadStatusFile(`The file is not in the encoding that it should be in (${encoding}); download it again and do not open it in an editor first.`);
  }
  if (text.trim() === '') throw new BadStatusFile('The file is empty; download the XML of the status page again.');
  return text;
};

const markOf = ([a, b, c]: Uint8Array): string | null => {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return null;
};

/** `encoding="ISO-8859-1"` of the first line, which is ASCII in every encoding that has no byte order mark. */
const declared = (bytes: Uint8Array): string | null => {
  const start = new TextDecoder('iso-8859-1').decode(bytes.subarray(0, 200));
  return /^\s*<\?xml\s[^>]*encoding\s*=\s*["']([\w.:-]+)["']/i.exec(start)?.[1]?.toLowerCase() ?? null;
};
