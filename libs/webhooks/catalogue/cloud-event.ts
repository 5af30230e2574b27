import type { PublicEvent } from './public-event.js';

/** CloudEvents 1.0 in JSON: what a delivery carries, what feeds and replay show. */
export interface CloudEvent {
  specversion: '1.0';
  id: string;
  type: string;
  source: string;
  subject?: string;
  time: string;
  datacontenttype: 'application/json';
  dataschema: string;
  data: Readonly<Record<string, unknown>>;
}

export const CLOUD_EVENT_TYPE = 'application/cloudevents+json; charset=utf-8';

/** @param base address at which this service is reached, without a slash at its end */
export const cloudEventOf = (event: PublicEvent, base: string): CloudEvent => {
  const { id, position, type, version, treaty, state, meeting, theme, time, history, dates, details, source } = event;
  const ofTreaty = `${base}/v1/treaties/${treaty}`;
  const subject = state ?? meeting;
  return {
    specversion: '1.0', id, type, source: ofTreaty, ...(subject ? { subject } : {}), time, datacontenttype: 'application/json', dataschema: schemaAddress(base, type, version),
    data: {
      position, treaty, ...(state ? { state } : {}), ...(meeting ? { meeting } : {}), ...(theme ? { theme } : {}), ...dates, history, details, ...(source ? { source } : {}),
      links: linksOf(ofTreaty, state, meeting),
    },
  };
};

/** Where the schema of a type's data is served. */
const schemaAddress = (base: string, type: string, version: number): string => `${base}/v1/events/types/${type}/${version}`;

const linksOf = (ofTreaty: string, state: string | null, meeting: string | null): { record: string; history: string } => {
  if (state) return { record: `${ofTreaty}/states/${state}`, history: `${ofTreaty}/states/${state}/history` };
  return { record: meeting ? `${ofTreaty}/meetings` : ofTreaty, history: `${ofTreaty}/history` };
};
