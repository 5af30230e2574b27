/** `version-trace-parent-flags`, all in hex (W3C Trace Context). */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;

export interface RemoteParent {
  traceId: string;
  spanId: string;
  sampled: boolean;
}

/** What a caller says its request belongs to; null where it says nothing that can be read. */
export const parentFrom = (traceparent: unknown): RemoteParent | null => {
  const [, traceId, spanId, flags] = (typeof traceparent === 'string' && TRACEPARENT.exec(traceparent.trim())) || [];
  return traceId && spanId && flags ? { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 } : null;
};

/** A correlation id and the id of a trace are the same number, written as a UUID and without dashes. */
export const correlationOf = ({ traceId }: Pick<RemoteParent, 'traceId'>): string => traceId.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

const hexOf = (uuid: unknown): string | null => (typeof uuid === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid) ? uuid.replaceAll('-', '') : null);

/** Null for what is no UUID, such as the line of a table that was imported. */
export const traceIdOf = (correlation: unknown): string | null => hexOf(correlation);

/** Of the span in which an event was appended: whoever follows the log knows it from the event. */
export const spanIdOf = (event: string): string | null => hexOf(event)?.slice(16) ?? null;
