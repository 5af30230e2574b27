/**
 * Of an append that waits for room on a connection when that breaks, the client throws the failure where nobody can catch
 * it, which would end the process. The append itself hears nothing and is sent again when its limit is over.
 */
export const tolerateStrays = (): void => {
  if (tolerating) return;
  tolerating = true;
  process.on('unhandledRejection', (reason) => {
    if (!isOfGrpc(reason)) throw reason;
  });
};

let tolerating = false;

/** What grpc-js makes of every failure; nothing else has these together. */
const isOfGrpc = (reason: unknown): boolean => {
  const { code, details, metadata } = (reason ?? {}) as Record<string, unknown>;
  return typeof code === 'number' && typeof details === 'string' && typeof metadata === 'object';
};
