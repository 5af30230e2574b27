import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A message in the embedded mailbox. */
interface Stored {
  messageId: string;
  /** Day of its Date header, UTC. */
  on: string;
  /** Instant at which it was put there. */
  storedAt: string;
  bytes: number;
}

export interface Mailbox {
  /** Puts a message there once: one with the same Message-ID and day stays as it is. Answers whether it was new. */
  put: (mime: Buffer) => Promise<boolean>;
  /** Newest first; `after`: those older than that one. */
  list: (limit?: number, after?: Pick<Stored, 'messageId' | 'on' | 'storedAt'>) => Promise<Stored[]>;
  read: (messageId: string) => Promise<Buffer | null>;
  /** Takes a message out for good. Answers whether there was one. */
  remove: (messageId: string) => Promise<boolean>;
}

/** Where messages go as long as no SMTP server is set: `<home>/mailbox/<date>/<messageId>.eml`, to be read with any mail program. */
export const openMailbox = (home: string): Mailbox => {
  const root = join(home, 'mailbox');
  const days = async (): Promise<string[]> => (await namesIn(root)).filter((name) => /^\d{4}-\d{2}-\d{2}$/.test(name)).sort().reverse();

  const put = async (mime: Buffer): Promise<boolean> => {
    const { messageId, on } = identityOf(mime);
    const folder = join(root, on);
    const path = join(folder, fileNameOf(messageId));
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (await exists(path)) return false;
    // A reader never sees half a message, and a power cut leaves all of it or nothing.
    const draft = join(folder, `.${randomUUID()}.tmp`);
    try {
      await writeDurably(draft, mime);
      await rename(draft, path);
    } catch (cause) {
      await rm(draft, { force: true });
      throw cause;
    }
    await syncFolder(folder);
    return true;
  };

  const list = async (limit = 100, after?: Pick<Stored, 'messageId' | 'on' | 'storedAt'>): Promise<Stored[]> => {
    const found: Stored[] = [];
    for (const on of (await days()).filter((day) => !after || day <= after.on)) {
      const names = (await namesIn(join(root, on))).filter((name) => name.endsWith('.eml'));
      const stored = await Promise.all(names.map(async (name): Promise<Stored> => {
        const { size, mtime } = await stat(join(root, on, name));
        return { messageId: messageIdOfFile(name), on, storedAt: mtime.toISOString(), bytes: size };
      }));
      found.push(...stored.filter((one) => !after || newestFirst(after, one) < 0).sort(newestFirst));
      if (found.length >= limit) break;
    }
    return found.slice(0, limit);
  };

  const read = async (messageId: string): Promise<Buffer | null> => {
    for (const on of await days()) {
      const path = join(root, on, fileNameOf(messageId));
      if (await exists(path)) return await readFile(path);
    }
    return null;
  };

  const remove = async (messageId: string): Promise<boolean> => {
    let removed = false;
    for (const on of await days()) {
      const path = join(root, on, fileNameOf(messageId));
      if (!(await exists(path))) continue;
      await rm(path, { force: true });
      await syncFolder(join(root, on));
      removed = true;
    }
    return removed;
  };

  return { put, list, read, remove };
};

const newestFirst = (a: Pick<Stored, 'messageId' | 'on' | 'storedAt'>, b: Pick<Stored, 'messageId' | 'on' | 'storedAt'>): number => compare(b.on, a.on) || compare(b.storedAt, a.storedAt) || compare(a.messageId, b.messageId);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** From the message's own headers, so that the same bytes always have the same place. */
const identityOf = (mime: Buffer): { messageId: string; on: string } => {
  const end = mime.indexOf('\r\n\r\n');
  const headers = mime.subarray(0, end === -1 ? mime.length : end).toString('latin1').replace(/\r\n[ \t]+/g, ' ');
  const messageId = /^Message-ID:\s*(<[^<>\s]+>)\s*$/im.exec(headers)?.[1];
  const date = Date.parse(/^Date:\s*(.+)$/im.exec(headers)?.[1] ?? '');
  if (messageId === undefined || Number.isNaN(date)) throw new Error('A message needs a Message-ID and a Date.');
  return { messageId, on: new Date(date).toISOString().slice(0, 10) };
};

/** No Message-ID can name a file outside its folder. */
const fileNameOf = (messageId: string): string => `${encodeURIComponent(messageId.replace(/^<|>$/g, '')).replaceAll('%40', '@')}.eml`;
const messageIdOfFile = (name: string): string => `<${decodeURIComponent(name.slice(0, -'.eml'.length))}>`;

const namesIn = async (folder: string): Promise<string[]> => await readdir(folder).catch((cause: NodeJS.ErrnoException) => (cause.code === 'ENOENT' ? [] : Promise.reject(cause)));

const exists = async (path: string): Promise<boolean> => await stat(path).then(() => true, (cause: NodeJS.ErrnoException) => (cause.code === 'ENOENT' ? false : Promise.reject(cause)));

const writeDurably = async (path: string, bytes: Buffer): Promise<void> => {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
};

/** The new name is only safe once its folder is; not every platform can sync one. */
const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
};
