import { Progress } from '../ground/index.js';

/** Every command has it: then stdout is one JSON document and nothing else. */
export const JSON_OPTION = ['--json', 'print JSON'] as const;

/** The result, for a program or for a person. */
export const print = (json: boolean | undefined, result: object, text: () => string): void => console.log(json ? JSON.stringify(result, null, 2) : text());

/** On stderr: stdout belongs to the result. */
export const progress = (title: string): Progress => new Progress(title, process.stderr);

/** What takes long says how far it is. */
export const withProgress = async <Result>(title: string, work: (onProgress: (done: number, all: number) => void) => Promise<Result>): Promise<Result> => {
  const shown = progress(title);
  let result = 'broken off';
  try {
    const answer = await work((done, all) => shown.show(done, all));
    result = 'done';
    return answer;
  } finally {
    shown.end(result);
  }
};

/** Rows in columns; numbers stand to the right. */
export const table = (rows: readonly (readonly (string | number)[])[], indent = ''): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => String(row[column] ?? '').length)));
  const cell = (value: string | number, width: number): string => (typeof value === 'number' ? String(value).padStart(width) : value.padEnd(width));
  return rows.map((row) => `${indent}${row.map((value, column) => cell(value, widths[column] ?? 0)).join('  ')}`.trimEnd()).join('\n');
};

/** `1 fact`, `2 facts`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** Names after a title, in lines of bearable length. */
export const listed = (title: string, names: readonly string[], indent: string): string => {
  const lines: string[] = [];
  for (let from = 0; from < names.length; from += 20) lines.push(names.slice(from, from + 20).join(' '));
  return `${title}${lines.join(`\n${indent}`)}`;
};
