/** Answers as they come from the real record, some shortened; test/api/openapi.spec.ts holds each against what is served. */
const BASE = 'http://127.0.0.1:3000/v1';

const EVENT_EXAMPLE = {
  specversion: '1.0', id: '0192f0c1-7a50-7c51-9f8e-3b1d7e8a1c01', type: 'treaty.instrument.deposited', source: `${BASE}/treaties/ccm`, subject: 'GNB', time: '2026-11-24T08:00:00.000Z',
  datacontenttype: 'application/json', dataschema: `${BASE}/events/types/treaty.instrument.deposited/1`,
  data: {
    position: 412, treaty: 'ccm', state: 'GNB', theme: 'universalization', effectiveOn: '2010-11-29', knownBy: null, knownOn: '2010-11-29', history: true, details: { instrument: 'ratification' },
    links: { record: `${BASE}/treaties/ccm/states/GNB`, history: `${BASE}/treaties/ccm/states/GNB/history` },
  },
};

export const EVENTS_EXAMPLE = { items: [EVENT_EXAMPLE], next: 860 };

export const EVENT_TYPES_EXAMPLE = {
  items: [{
    type: 'treaty.in_force', version: 1, description: 'The treaty entered into force for a State.',
    schema: { $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'treaty.in_force', type: 'object', properties: { state: { type: 'string', pattern: '^[A-Z]{3}$' } } },
  }],
};
