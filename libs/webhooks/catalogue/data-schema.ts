import { EVENT_TYPES, type Kind } from './kinds.js';
import { code, day, integer, type Schema, text } from './schema.js';

const coarse: Schema = { type: ['string', 'null'], pattern: '^\\d{4}(-\\d{2}(-\\d{2})?)?$', description: 'From when it is true: a day, or a month or a year where no more is known; null where the source has no date.' };
const uri = (description: string): Schema => ({ type: 'string', format: 'uri', description });

const SOURCE: Schema = {
  type: 'object', description: 'The document that says so.',
  properties: { title: text(500), reference: text(200), url: uri('Where it can be read.') }, required: ['title'],
};

const LINKS: Schema = {
  type: 'object', description: 'Where to read on.',
  properties: { record: uri('Where things stand now.'), history: uri('Everything on record about it, with who recorded it and why.') }, required: ['record', 'history'],
};

/**
 * Schema of the `data` of one type of event (JSON Schema, draft 2020-12). Receivers ignore members that they do not know:
 * later versions of the same number may add some, and never take one away or give it another meaning.
 */
export const dataSchemaOf = ({ type, version, description, details, required, about }: Kind): Schema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: `urn:pacta:event:${type}:${version}`,
  title: type,
  description,
  type: 'object',
  properties: {
    position: integer(1, Number.MAX_SAFE_INTEGER, 'Place in the log: later events have greater ones. Read on after it with `GET /v1/events?after=`.'),
    treaty: text(60, 'Short name of the treaty.'),
    ...(about === 'meeting' ? { meeting: text(40, 'Short name of the meeting.') } : { state: code('^[A-Z]{3}$', 'ISO 3166 code of the State.') }),
    theme: text(60, 'Theme of the coordinators, where it belongs to one.'),
    effectiveOn: coarse,
    knownBy: { ...day('The latest day on which it is known to have happened, where its own date is missing or coarse.'), type: ['string', 'null'] },
    knownOn: day('Day from which it was known.'),
    history: { type: 'boolean', description: 'True for what was loaded as history: on record and in a replay, but never delivered as news.' },
    details: { type: 'object', properties: details, required },
    source: SOURCE,
    links: LINKS,
  },
  required: ['position', 'treaty', ...(about === 'record' ? [] : [about]), 'effectiveOn', 'knownBy', 'knownOn', 'history', 'details', 'links'],
});

export interface EventTypeInfo {
  type: string;
  version: number;
  description: string;
  schema: Schema;
}

/** Every type that one can subscribe to, with the schema of its data. */
export const eventTypes = (): EventTypeInfo[] =>
  [...EVENT_TYPES.values()].map((kind) => ({ type: kind.type, version: kind.version, description: kind.description, schema: dataSchemaOf(kind) })).sort((a, b) => (a.type < b.type ? -1 : 1));
