/** What went wrong and what to do about it: one sentence for the person who started the program. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}

/** By its code alone, not `instanceof Error`: the file system's errors come from another realm when Jest runs this. */
export const isCode = (cause: unknown, ...codes: string[]): boolean => codes.includes((cause as { code?: string } | undefined)?.code ?? '');

export const diskFull = (home: string, cause?: unknown): EmbeddedPostgresError =>
  new EmbeddedPostgresError(`The disk that holds ${home} is full: free some space and start again.`, { cause });

/** What the file system says about `home`, as a sentence. Anything that is not of this kind stays what it was: a bug. */
export const inASentence = (cause: unknown, home: string): unknown => {
  if (cause instanceof EmbeddedPostgresError) return cause;
  if (isCode(cause, 'ENOSPC', 'EDQUOT')) return diskFull(home, cause);
  if (isCode(cause, 'EACCES', 'EPERM', 'EROFS'))
    return new EmbeddedPostgresError(
      `No permission to write in ${home} (${(cause as Error).message}): run as the user it belongs to, or set PACTA_HOME to a folder of your own.`,
      { cause },
    );
  if (isCode(cause, 'ENOTDIR', 'EEXIST')) return new EmbeddedPostgresError(`${home} is no folder: set PACTA_HOME to one.`, { cause });
  return cause;
};
