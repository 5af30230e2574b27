import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { HTTP } from 'cloudevents';
import type { JsonObject, RecordedEvent } from '#event-log';
import { dossierStream, meetingStream, recordStream } from '#treaty';
import { breaches } from '../testing/compatible.js';
import { ccm, realRecord } from '../testing/real-record.js';
import { CLOUD_EVENT_TYPE, type CloudEvent, cloudEventOf } from './cloud-event.js';
import { dataSchemaOf, eventTypes } from './data-schema.js';
import { EVENT_TYPES, KINDS } from './kinds.js';
import { calendarStream, type FindConcerned, publicEventOf } from './public-event.js';
import type { Schema } from './schema.js';

const BASE = 'https://pacta.example';
const treaties = new Map([['ccm', ccm]]);
const nobody: FindConcerned = () => undefined;

const ajv = new Ajv2020({ allErrors: true });
addFormats.default(ajv);

const PUBLISHED = new URL('./published/', import.meta.url);
const publishedAs = (name: string): Schema => JSON.parse(readFileSync(new URL(name, PUBLISHED), 'utf8')) as Schema;
const fileOf = ({ type, version }: { type: string; version: number }): string => `${type}.${version}.json`;
/** A new type or version is published by running this file with PUBLISH=1; what is published is never written again. */
if (process.env['PUBLISH']) for (const kind of EVENT_TYPES.values()) if (!readdirSync(PUBLISHED).includes(fileOf(kind))) writeFileSync(new URL(fileOf(kind), PUBLISHED), `${JSON.stringify(dataSchemaOf(kind), null, 2)}\n`);

const validators = new Map<string, ReturnType<typeof ajv.compile>>();
/** Of an event, what its published schema has against it. */
const complaints = ({ type, data, dataschema }: CloudEvent): unknown[] => {
  const file = `${type}.${dataschema.split('/').at(-1)}.json`;
  const validate = validators.get(file) ?? ajv.compile(publishedAs(file));
  validators.set(file, validate);
  return validate(data) ? [] : (validate.errors ?? []);
};

const golden = new URL('../../treaty/facts/golden/', import.meta.url);
const GOLDEN = readdirSync(golden).filter((name) => /\.v\d+\.json$/.test(name)).map((name) => JSON.parse(readFileSync(new URL(name, golden), 'utf8')) as { type: string; data: JsonObject });
const metadata: JsonObject = { actor: 'key:0123456789ab', note: 'Ms A. Person telephoned on Monday.', correlation: 'c-1', source: { title: 'Depositary notification', reference: 'C.N.326.2020', url: 'https://treaties.un.org/a.pdf' } };
const ID = '0192f0c1-7a50-7c51-9f8e-3b1d7e8a1c01';
const recorded = (stream: string, type: string, data: JsonObject, more: Partial<RecordedEvent> = {}): RecordedEvent => ({ id: ID, type, data, metadata, recordedAt: '2026-11-24T08:00:00.000Z', stream, revision: 0, position: 7, ...more });
const dated = (data: JsonObject): JsonObject => ({ effectiveOn: '2027-03-01', knownBy: null, knownOn: '2027-03-02', data });

const streamOf = (type: string): string =>
  type.startsWith('Meeting') ? meetingStream('ccm', '2RC') : /^(Coverage|WentLive|Coordinator)/.test(type) ? recordStream('ccm') : dossierStream('ccm', 'GNB');
const ONE_OF_EACH = [
  ...GOLDEN.map(({ type, data }) => recorded(streamOf(type), type, data)),
  recorded(calendarStream('ccm', 'VUT'), 'EnteredIntoForce.v1', dated({ inForceOn: '2027-03-01' })),
  recorded(calendarStream('ccm', 'GNB'), 'DeadlinePassed.v1', dated({ article: 7, kind: 'annual-report', year: 2026, dueOn: '2027-04-30', status: 'overdue' })),
];
const told = (event: RecordedEvent, concerned = nobody): CloudEvent => {
  const found = publicEventOf(event, treaties, concerned);
  if (!found) throw new Error(`${event.type} is told to nobody.`);
  return cloudEventOf(found, BASE);
};

describe('the catalogue', () => {
  it('has the types that subscribers were promised, in a.b.c', () => {
    const types = eventTypes().map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['treaty.signed', 'treaty.instrument.deposited', 'treaty.in_force', 'report.submitted', 'extension.requested', 'extension.decided', 'completion.declared', 'deadline.passed', 'fact.corrected', 'fact.retracted']));
    expect(types.filter((type) => !/^[a-z0-9_]+(\.[a-z0-9_]+)+$/.test(type))).toEqual([]);
    expect(new Set(types).size).toBe(types.length);
  });

  it('has one type for each kind of fact, a decision whichever way it went being one', () =>
    expect(Object.keys(KINDS).length - EVENT_TYPES.size).toBe(1));
});

describe('a published schema', () => {
  it.each([...EVENT_TYPES.values()].map((kind) => [fileOf(kind), kind] as const))('%s is kept by the program as it is', (file, kind) => expect(breaches(publishedAs(file), dataSchemaOf(kind))).toEqual([]));

  it('stays: none of a type that is still told is without its program, and none is without its file', () => {
    const files = readdirSync(PUBLISHED).sort();
    expect(files.filter((file) => !EVENT_TYPES.has(file.replace(/\.\d+\.json$/, '')))).toEqual([]);
    expect([...EVENT_TYPES.values()].map(fileOf).filter((file) => !files.includes(file))).toEqual([]);
  });

  it('is a schema of draft 2020-12', () => {
    for (const { schema } of eventTypes()) expect(ajv.validateSchema(schema)).toBe(true);
  });

  it.each<[string, (schema: Schema) => Schema]>([
    ['a member that is gone', ({ properties: { theme: _gone, ...properties } = {}, ...schema }) => ({ ...schema, properties })],
    ['a member that may be missing', (schema) => ({ ...schema, required: schema.required?.filter((name) => name !== 'knownOn') })],
    ['a member of another type', (schema) => ({ ...schema, properties: { ...schema.properties, position: { ...schema.properties?.['position'], type: 'string' } } })],
    ['another form of a date', (schema) => ({ ...schema, properties: { ...schema.properties, knownOn: { type: 'string', format: 'date-time' } } })],
    ['a value that was not announced', (schema) => inDetails(schema, 'instrument', (one) => ({ ...one, enum: [...(one.enum ?? []), 'succession'] }))],
    ['any value instead of a few', (schema) => inDetails(schema, 'instrument', () => ({ type: 'string' }))],
    ['a longer text', (schema) => inDetails(schema, 'depositaryNotification', (one) => ({ ...one, maxLength: 5_000 }))],
  ])('would be broken by %s', (_name, change) => {
    const published = publishedAs('treaty.instrument.deposited.1.json');
    expect(breaches(published, change(published))).toHaveLength(1);
  });

  it('is not broken by a further member', () => {
    const published = publishedAs('treaty.instrument.deposited.1.json');
    expect(breaches(published, { ...published, properties: { ...published.properties, more: { type: 'string' } }, required: [...(published.required ?? []), 'more'] })).toEqual([]);
  });
});

const inDetails = (schema: Schema, name: string, change: (one: Schema) => Schema): Schema => {
  const details = schema.properties?.['details'] ?? {};
  return { ...schema, properties: { ...schema.properties, details: { ...details, properties: { ...details.properties, [name]: change(details.properties?.[name] ?? {}) } } } };
};

describe('every event', () => {
  let events: CloudEvent[] = [];
  beforeAll(async () => { events = [...(await realRecord()), ...ONE_OF_EACH].map((event) => told(event)); });

  it('of the whole real record, and one of each type, is as its schema says', () => {
    expect(events.length).toBeGreaterThan(1_000);
    expect(events.flatMap((event) => complaints(event).map((complaint) => ({ id: event.id, type: event.type, complaint })))).toEqual([]);
    expect([...new Set(events.map(({ type }) => type))].sort()).toEqual([...EVENT_TYPES.keys()].sort());
  });

  it('is read by the SDK of CloudEvents', () => {
    for (const event of events) {
      const read = HTTP.toEvent({ headers: { 'content-type': CLOUD_EVENT_TYPE }, body: JSON.stringify(event) });
      expect(read).toMatchObject({ specversion: '1.0', id: event.id, type: event.type, source: `${BASE}/v1/treaties/ccm` });
      expect((read as unknown as { validate(): boolean }).validate()).toBe(true);
    }
  });

  it('is thin: of at most 20 kB, and links lead to the rest', () => {
    expect(Math.max(...events.map((event) => Buffer.byteLength(JSON.stringify(event))))).toBeLessThan(4_000);
    expect(told(recorded(meetingStream('ccm', '2RC'), 'MeetingHeld.v1', dated({}))).data['links']).toEqual({ record: `${BASE}/v1/treaties/ccm/meetings`, history: `${BASE}/v1/treaties/ccm/history` });
  });

  it('tells of no person: neither actor nor note nor contact, nor what was written in free text', () => {
    for (const event of events) {
      expect(JSON.stringify(event)).not.toMatch(/key:|import:|"(actor|note|correlation|contact|reason|finding|conditions|purpose|president)"|Person/);
    }
  });

  it('stays small and sound whatever was recorded', () => {
    const long = '汉'.repeat(50_000);
    const hostile = recorded(dossierStream('ccm', 'GNB'), 'AssistanceProvided.v1', dated({ article: 4, to: 'Mr B. Person', unknown: long }), { metadata: { source: { title: long, reference: long, url: `https://example.org/${long}` } } });
    const event = told(hostile);
    expect(complaints(event)).toEqual([]);
    expect(event.data['details']).toEqual({ article: 4 });
    expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThan(20_000);
    const odd = told(recorded(dossierStream('ccm', 'GNB'), 'Signed.v1', dated({}), { metadata: { source: { title: 'x', url: 'javascript:alert(1)' } } }));
    expect(odd.data['source']).toEqual({ title: 'x' });
  });
});

describe('an event', () => {
  it('of Afghanistan’s deposit reads so', () => {
    const deposit = recorded(dossierStream('ccm', 'AFG'), 'InstrumentDeposited.v1', { effectiveOn: '2011-09-08', knownBy: null, knownOn: '2011-09-08', data: { instrument: 'ratification', depositaryNotification: 'C.N.590.2011.TREATIES-14' } });
    expect(told(deposit)).toEqual({
      specversion: '1.0', id: ID, type: 'treaty.instrument.deposited', source: 'https://pacta.example/v1/treaties/ccm', subject: 'AFG', time: '2026-11-24T08:00:00.000Z',
      datacontenttype: 'application/json', dataschema: 'https://pacta.example/v1/events/types/treaty.instrument.deposited/1',
      data: {
        position: 7, treaty: 'ccm', state: 'AFG', theme: 'universalization', effectiveOn: '2011-09-08', knownBy: null, knownOn: '2011-09-08', history: false,
        details: { instrument: 'ratification', depositaryNotification: 'C.N.590.2011.TREATIES-14' },
        source: { title: 'Depositary notification', reference: 'C.N.326.2020', url: 'https://treaties.un.org/a.pdf' },
        links: { record: 'https://pacta.example/v1/treaties/ccm/states/AFG', history: 'https://pacta.example/v1/treaties/ccm/states/AFG/history' },
      },
    });
  });

  it('that corrects or retracts names the one that it concerns, and belongs to that one’s theme', () => {
    const concerned: FindConcerned = (id) => (id === ID ? { type: 'extension.decided', theme: 'clearance' } : undefined);
    for (const type of ['FactCorrected.v1', 'FactRetracted.v1']) {
      const { data } = told(recorded(dossierStream('ccm', 'GNB'), type, dated({ fact: ID, reason: 'Ms A. Person had misread it.' })), concerned);
      expect(data).toMatchObject({ theme: 'clearance', details: { fact: ID, factType: 'extension.decided' } });
    }
    expect(told(recorded(dossierStream('ccm', 'GNB'), 'FactRetracted.v1', dated({ fact: ID, reason: 'x' }))).data['details']).toEqual({ fact: ID });
  });

  it.each([
    ['ExtensionGranted.v1', { article: 4, months: 18, meeting: '2RC', mode: 'silence' }, { outcome: 'granted' }, 'clearance'], ['ExtensionRefused.v1', { article: 3, meeting: '9MSP', mode: 'meeting' }, { outcome: 'refused' }, 'stockpile_destruction'],
    ['ReportSubmitted.v1', { kind: 'initial', years: [], form: 'full' }, {}, 'transparency'], ['NoStockpileConfirmed.v1', {}, {}, 'stockpile_destruction'], ['VictimAssistanceReported.v1', { focal_point: true }, {}, 'victim_assistance'],
    ['NationalMeasuresReported.v1', { categories: ['specific_law'] }, {}, 'national_implementation'], ['CoalitionLaunched.v1', { with: 'DEU' }, {}, 'cooperation'], ['CompletionDeclared.v1', { article: 5 }, {}, 'victim_assistance'],
  ])('of %s %j has its theme', (type, said, details, theme) => expect(told(recorded(dossierStream('ccm', 'GNB'), type, dated(said as JsonObject))).data).toMatchObject({ details: { ...said, ...details }, theme }));

  it('of a coordinator’s appointment is about a State', () =>
    expect(told(recorded(recordStream('ccm'), 'CoordinatorAppointed.v1', dated({ theme: 'clearance', iso3: 'AFG', fromMeeting: '10MSP', toMeeting: null })))).toMatchObject({ subject: 'AFG', data: { state: 'AFG', theme: 'clearance' } }));

  it('is nobody’s where it is of a correspondence, of a treaty without rules or of a kind not known yet', () => {
    for (const [stream, type] of [['correspondence-ccm-GNB', 'ReminderSent.v1'], [dossierStream('unknown', 'GNB'), 'Signed.v1'], [dossierStream('ccm', 'GNB'), 'SomethingNew.v1'], [dossierStream('ccm', 'GNB'), 'Constructor.v1']] as const) {
      expect(publicEventOf(recorded(stream, type, dated({})), treaties, nobody)).toBeNull();
    }
  });
});
