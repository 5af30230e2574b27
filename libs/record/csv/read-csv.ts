import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

export interface Row {
  /** Where the row ends in its file; the header is line 1. */
  line: number;
  cells: Readonly<Record<string, string>>;
}

/** A table that is not as it should be: the sentence names the file, the row and the column. */
export class BadTable extends Error {
  constructor(file: string, problem: string) {
    super(`${file}: ${problem}`);
    this.name = 'BadTable';
  }
}

/** One table of the record; null where the folder has no such file. */
export const readTable = async (folder: string, file: string, columns: readonly string[]): Promise<Row[] | null> => {
  let text: string;
  try {
    text = await readFile(join(folder, file), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  let rows: Row[];
  try {
    // A line that an editor put in may end in another way than its neighbours.
    const parsed = parse(text, { columns: true, bom: true, skip_empty_lines: true, trim: true, record_delimiter: ['\r\n', '\n'], info: true }) as unknown as { record: Record<string, string>; info: { lines: number } }[];
    rows = parsed.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    throw new BadTable(file, (error as Error).message);
  }
  const missing = columns.filter((column) => rows[0] && !(column in rows[0].cells));
  if (missing.length > 0) throw new BadTable(file, `the column ${missing.join(', ')} is missing`);
  return rows;
};
