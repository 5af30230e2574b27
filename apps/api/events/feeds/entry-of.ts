import { cloudEventOf, type PublicEvent } from '#webhooks';
import type { FeedEntry } from './feed.js';
import { headline } from './headline.js';

export interface EntryGround {
  /** Address of this service, without a slash at its end. */
  base: string;
  nameOf: (iso3: string) => string;
  /** The newest correction or retraction of an event, by its id. */
  amended: ReadonlyMap<string, PublicEvent>;
}

/** An event as an entry of a feed. One that was corrected or retracted says so, and counts as changed since. */
export const entryOf = (event: PublicEvent, { base, nameOf, amended }: EntryGround): FeedEntry => {
  const { id, type, treaty, state, theme, time, dates, details, source } = event;
  const amendment = amended.get(id);
  const { links } = cloudEventOf(event, base).data as { links: { record: string } };
  const said = Object.entries(details).map(([name, value]) => `${worded(name)}: ${Array.isArray(value) ? value.join(', ') : String(value)}`);
  const lines = [
    ...(amendment ? [AMENDED[amendment.type]?.text] : []),
    ...(dates.effectiveOn === null ? [] : [`Effective: ${dates.effectiveOn}`]),
    ...said,
    ...(source ? [`Source: ${[source.title, source.reference].filter(Boolean).join(', ')}`] : []),
  ];
  return {
    id: `urn:uuid:${id}`, title: `${amendment ? `${AMENDED[amendment.type]?.title}: ` : ''}${headline(event, state === null ? null : nameOf(state))}`,
    text: lines.join('\n') || headline(event, state), link: links.record, published: time, updated: amendment && amendment.time > time ? amendment.time : time,
    tags: [type, treaty, ...(state ? [state] : []), ...(theme ? [theme] : [])],
  };
};

const AMENDED: Readonly<Record<string, { title: string; text: string }>> = {
  'fact.corrected': { title: 'Corrected', text: 'This was wrong and has been corrected; the record reads as corrected.' },
  'fact.retracted': { title: 'Retracted', text: 'This was recorded by mistake and does not count.' },
};

/** `depositaryNotification` → `Depositary notification`. */
const worded = (name: string): string => {
  const words = name.replaceAll('_', ' ').replace(/([A-Z])/g, ' $1').toLowerCase();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
};
