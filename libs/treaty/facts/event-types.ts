import type { AnyFact } from './fact.js';
import type { FactType, MeetingFactData, RecordFactData } from './fact-data.js';

/**
 * How facts are written in the log: the type in capitals with its version (`InstrumentDeposited.v1`), the dates and what
 * the fact says in `data`. A version once written is read for ever; a golden file of each is a test.
 */
export interface FactEvent {
  id: string;
  type: string;
  data: object;
  recordedAt: string;
}

type MeetingFactType = keyof MeetingFactData;
type RecordFactType = keyof RecordFactData;
export type AnyFactType = FactType | MeetingFactType | RecordFactType;

/** `instrument-deposited` → `InstrumentDeposited.v1`. */
export const eventTypeOf = (type: AnyFactType): string =>
  `${type.split('-').map((word) => word[0]?.toUpperCase() + word.slice(1)).join('')}.v${VERSIONS[type] ?? 1}`;

/** `InstrumentDeposited.v1` → `instrument-deposited`. */
export const factTypeOf = (eventType: string): AnyFactType =>
  eventType.replace(/\.v\d+$/, '').replace(/(?!^)([A-Z])/g, '-$1').toLowerCase() as AnyFactType;

/** Current version of each type that has had more than one. */
const VERSIONS: Partial<Record<AnyFactType, number>> = {};

/** From an older version's data to the current one's, by event type. A type without an entry reads as it was written. */
const UPCASTS: { readonly [eventType: string]: (data: object) => object } = {};

export interface WrittenFact {
  effectiveOn: string | null;
  knownBy: string | null;
  knownOn: string;
  data: object;
}

export const writtenFact = ({ effectiveOn, knownBy, knownOn, data }: WrittenFact): WrittenFact => ({ effectiveOn, knownBy, knownOn, data });

/** A fact as it was written, whatever its version. */
export const readFact = (event: FactEvent): AnyFact => {
  const written = (UPCASTS[event.type]?.(event.data) ?? event.data) as WrittenFact;
  return { id: event.id, type: factTypeOf(event.type), recordedAt: event.recordedAt, ...writtenFact(written) } as AnyFact;
};
