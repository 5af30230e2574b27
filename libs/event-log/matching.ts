import type { Filter, RecordedEvent } from './port.js';

/** An empty list matches nothing: none of none. */
export const matching = ({ streamPrefixes, types }: Filter): ((event: RecordedEvent) => boolean) =>
  (event) => (types?.includes(event.type) ?? true) && (streamPrefixes?.some((prefix) => event.stream.startsWith(prefix)) ?? true);
