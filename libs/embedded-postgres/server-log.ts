import { open, rename, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

const KEPT_BYTES = 20_000_000;

export const logFile = (home: string): string => join(home, 'postgres.log');

/** The log of this and former starts; the one before it is kept when it has grown too long. */
export const openLog = async (home: string): Promise<{ file: FileHandle; end: number }> => {
  const path = logFile(home);
  if (((await stat(path).catch(() => undefined))?.size ?? 0) > KEPT_BYTES) await rename(path, `${path}.1`);
  const file = await open(path, 'a+', 0o600);
  return { file, end: (await file.stat()).size };
};

/** What the server wrote after `end`. */
export const writtenSince = async (home: string, end: number): Promise<string> => {
  const file = await open(logFile(home), 'r');
  try {
    const length = Math.min((await file.stat()).size - end, 64_000);
    if (length <= 0) return '';
    return (await file.read(Buffer.alloc(length), 0, length, end)).buffer.toString('utf8');
  } finally {
    await file.close();
  }
};

/** The line that says why, without its time stamp: the first fatal one, with its detail if it has one, else the last. */
export const reasonIn = (log: string): string => {
  const lines = log.split('\n').filter((line) => line.trim()).map((line) => line.replace(/^.*?\[\d+\] /, ''));
  const fatal = lines.findIndex((line) => /^(\S+: +)?(FATAL|PANIC):/.test(line));
  if (fatal < 0) return lines.at(-1)?.trim() ?? 'it wrote nothing to its log';
  const detail = lines[fatal + 1]?.startsWith('DETAIL:') ? ` ${lines[fatal + 1]}` : '';
  return `${lines[fatal]}${detail}`.replace(/ {2,}/g, ' ').replace(/\.$/, '').trim();
};
