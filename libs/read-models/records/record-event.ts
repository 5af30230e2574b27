import type { FactEvent, StreamName } from '#treaty';

/** What a stream is about, and the event, as it stands in a treaty's row. */
export type RecordEvent = [kind: StreamName['kind'], of: string, event: FactEvent];
