import { getSchemaPath, type OpenAPIObject } from '@nestjs/swagger';
import { eventTypes } from '#webhooks';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
type PathItem = NonNullable<OpenAPIObject['webhooks']>[string];

const header = (name: string, description: string): object => ({ name, in: 'header', required: true, description, schema: { type: 'string' } });
const HEADERS = [
  header('webhook-id', 'Id of the event: the same on every attempt, resend and replay. What you have had under this id you have had.'),
  header('webhook-timestamp', 'Unix seconds of this attempt. Refuse what is older than five minutes.'),
  header('webhook-signature', 'Signatures of `id.timestamp.body`, separated by spaces: `v1,` with your secret (HMAC-SHA256), `v1a,` with our key (ed25519). One that verifies is enough.'),
];
const RESPONSES = {
  '2XX': { description: 'You have it.' },
  '410': { description: 'You want no more: the endpoint is disabled.' },
  default: { description: 'Anything else is tried again, at growing intervals, for up to five days. `Retry-After` is honoured; redirects are not followed.' },
};
const CONTENT_TYPE = 'application/cloudevents+json';

const text = (description: string, more: object = {}): object => ({ type: 'string', description, ...more });
const CLOUD_EVENT = {
  type: 'object',
  description: 'What every event has in common (CloudEvents 1.0, JSON).',
  required: ['specversion', 'id', 'type', 'source', 'time', 'datacontenttype', 'dataschema', 'data'],
  properties: {
    specversion: { const: '1.0' },
    id: text('The same in each delivery, on resend, on replay, in feeds and in streams.', { format: 'uuid' }),
    type: text('`a.b.c`'),
    source: text('The treaty.', { format: 'uri' }),
    subject: text('Code of the State, or name of the meeting.'),
    time: text('When it was recorded.', { format: 'date-time' }),
    datacontenttype: { const: 'application/json' },
    dataschema: text('Where the schema of `data` is served.', { format: 'uri' }),
    data: { type: 'object' },
  },
};

/** What we send to others, beside what they may ask us: each type of event with the schema of its data. */
export const describeWebhooks = (document: OpenAPIObject): OpenAPIObject => {
  const kinds = eventTypes();
  const nameOf = (type: string): string => `Event.${type}`;
  const schemas: Record<string, object> = {
    CloudEvent: CLOUD_EVENT,
    ...Object.fromEntries(kinds.map(({ type, schema: { $schema: _draft, $id: _id, ...schema } }) => [nameOf(type), schema])),
  };
  const operation = (type: string, summary: string, schema: object): object => ({
    post: { operationId: type, tags: ['Webhooks'], summary, parameters: HEADERS, requestBody: { required: true, content: { [CONTENT_TYPE]: { schema } } }, responses: RESPONSES },
  });
  const events = kinds.map(({ type, description }) => [
    type, operation(type, description, { allOf: [{ $ref: getSchemaPath('CloudEvent') }, { properties: { type: { const: type }, data: { $ref: getSchemaPath(nameOf(type)) } } }] }),
  ] as [string, PathItem]);
  document.components = { ...document.components, schemas: { ...document.components?.schemas, ...(schemas as Schemas) } };
  document.webhooks = Object.fromEntries<PathItem>(events);
  return document;
};
