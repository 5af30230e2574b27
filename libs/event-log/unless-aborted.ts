/** Undefined as soon as the signal aborts: nobody should wait for a page that is not wanted any more. */
export const unlessAborted = async <Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result | undefined> => {
  if (signal.aborted) {
    void work.catch(() => undefined);
    return undefined;
  }
  const given = Promise.withResolvers<undefined>();
  const abort = (): void => given.resolve(undefined);
  signal.addEventListener('abort', abort);
  try {
    return await Promise.race([work, given.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
};
