import type { RecordedEvent } from '#event-log';
import type { States } from '#record';
import { type AnyFactType, parseStream, readFact } from '#treaty';
import { table } from '../output.js';

/** A fact that a rehearsal recorded in its copy. */
export interface WouldRecord {
  about: 'dossier' | 'meeting' | 'record';
  /** The State or the meeting. */
  of: string;
  type: AnyFactType;
  effectiveOn: string | null;
  knownBy: string | null;
  knownOn: string;
  data: object;
  /** File and line that it comes from. */
  from: string;
}

export const wouldBe = (event: RecordedEvent): WouldRecord[] => {
  const stream = parseStream(event.stream);
  if (!stream) return [];
  const { type, effectiveOn, knownBy, knownOn, data } = readFact(event);
  return [{ about: stream.kind, of: stream.of, type, effectiveOn, knownBy, knownOn, data, from: event.metadata['correlation'] as string }];
};

/** The States first, by their code, then meetings and what is about the record itself. */
export const byState = (facts: readonly WouldRecord[], states: States): string => {
  const groups = new Map<string, WouldRecord[]>();
  for (const fact of facts) {
    const key = `${ORDER.indexOf(fact.about)} ${fact.of}`;
    groups.set(key, [...(groups.get(key) ?? []), fact]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => section(group, states)).join('\n');
};

const ORDER = ['dossier', 'meeting', 'record'];

const section = (facts: readonly WouldRecord[], states: States): string => {
  const [{ about, of }] = facts as [WouldRecord];
  const title = about === 'dossier' ? `${of} ${states.get(of)?.name ?? ''}` : about === 'meeting' ? `Meeting ${of}` : 'The record itself';
  return `${title}\n${table(facts.map((fact) => [(fact.effectiveOn ?? (fact.knownBy ? `by ${fact.knownBy}` : '')).padEnd(13), fact.type, saysOf(fact), fact.from]), '  ')}`;
};

interface Telling {
  article?: number;
  instrument?: string;
  kind?: string;
  years?: number[];
  months?: number;
  until?: string;
}

/** The little that tells two facts of one type apart. */
const saysOf = ({ data }: WouldRecord): string => {
  const { article, instrument, kind, years, months, until } = data as Telling;
  return [article && `Art. ${article}`, instrument, kind, years?.join(' '), months && `${months} months`, until && `until ${until}`].filter(Boolean).join(' ');
};
