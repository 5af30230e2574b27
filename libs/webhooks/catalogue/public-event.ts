import type { RecordedEvent } from '#event-log';
import { factTypeOf, parseStream, readFact, type TreatyRules } from '#treaty';
import { KINDS } from './kinds.js';
import { only } from './schema.js';
import { themeOf } from './theme-of.js';

/** An event of the log as anybody may see it: no actor, no note, no free text but the title of its source, no person. */
export interface PublicEvent {
  /** Of the log: the same in each delivery, on resend and on replay. */
  id: string;
  position: number;
  type: string;
  version: number;
  treaty: string;
  state: string | null;
  meeting: string | null;
  theme: string | null;
  /** Instant at which the system recorded it. */
  time: string;
  /** Loaded as history: on record and in a replay, but no news to anyone. */
  history: boolean;
  dates: { effectiveOn: string | null; knownBy: string | null; knownOn: string };
  details: Readonly<Record<string, unknown>>;
  source: { title: string; reference?: string; url?: string } | null;
}

/** What a correction or retraction speaks of, if it is known: the type and the theme of that event. */
export type FindConcerned = (factId: string) => { type: string; theme: string | null } | undefined;

/** Streams in which the daily sweep writes down what the calendar brings. */
export const calendarStream = (treaty: string, iso3: string): string => `calendar-${treaty}-${iso3}`;

interface About {
  treaty: string;
  kind: 'dossier' | 'meeting' | 'record';
  of: string;
}

const aboutOf = (stream: string): About | null => {
  const found = /^calendar-(.+)-([A-Z]{3})$/.exec(stream);
  return found ? { kind: 'dossier', treaty: found[1] as string, of: found[2] as string } : parseStream(stream);
};

/** Null for what is no public event: what was written to whom, and anything of a treaty that we have no rules of. */
export const publicEventOf = (event: RecordedEvent, treaties: ReadonlyMap<string, TreatyRules>, concerned: FindConcerned): PublicEvent | null => {
  const about = aboutOf(event.stream);
  const rules = about && treaties.get(about.treaty);
  if (!about || !rules) return null;
  const factType: string = factTypeOf(event.type);
  if (!isKnown(factType)) return null;
  const kind = KINDS[factType];
  const { effectiveOn, knownBy, knownOn, data } = readFact(event) as { effectiveOn: string | null; knownBy: string | null; knownOn: string; data: Readonly<Record<string, unknown>> };
  const target = typeof data['fact'] === 'string' ? concerned(data['fact']) : undefined;
  const details = only(kind.details, { ...data, ...(kind.type === 'extension.decided' ? { outcome: factType === 'extension-granted' ? 'granted' : 'refused' } : {}), ...(target ? { factType: target.type } : {}) });
  return {
    id: event.id, position: event.position, type: kind.type, version: kind.version, treaty: about.treaty,
    state: stateOf(about, details), meeting: about.kind === 'meeting' ? about.of : null,
    theme: target ? target.theme : themeOf(rules, kind.type, details),
    time: event.recordedAt, history: event.metadata['history'] === true,
    dates: { effectiveOn, knownBy, knownOn }, details, source: sourceOf(event.metadata['source']),
  };
};

const isKnown = (type: string): type is keyof typeof KINDS => Object.hasOwn(KINDS, type);

/** A coordinator is a State, though what is said of it stands in the record of the treaty as a whole. */
const stateOf = ({ kind, of }: About, details: Readonly<Record<string, unknown>>): string | null =>
  kind === 'dossier' ? of : typeof details['iso3'] === 'string' ? details['iso3'] : null;

const sourceOf = (source: unknown): PublicEvent['source'] => {
  const { title, reference, url } = (source ?? {}) as { title?: unknown; reference?: unknown; url?: unknown };
  if (typeof title !== 'string') return null;
  const address = typeof url === 'string' ? URL.parse(url) : null;
  const shown = address && /^https?:$/.test(address.protocol) && address.href.length <= LONGEST_URL ? address.href : null;
  return { title: shortened(title, 500), ...(typeof reference === 'string' ? { reference: shortened(reference, 200) } : {}), ...(shown ? { url: shown } : {}) };
};

const LONGEST_URL = 2_000;
const shortened = (text: string, most: number): string => [...text].slice(0, most).join('');
