import type { Subject } from '../plan/day-plan.js';

/** What a message says, as far as it can be told apart by States. */
export interface Said {
  id: string;
  about: readonly Subject[];
  states: readonly string[];
}

/** A part of a message that speaks of one held State alone. */
export interface Part {
  id: string;
  iso3: string;
  about: Subject[];
}

/**
 * A message without what it says of held States, and that as a part for each of them. Where nothing else remains, the
 * message itself becomes the part of the first of them, so that each item is in exactly one message.
 */
export const apart = ({ id, about, states }: Said, held: ReadonlySet<string>, newId: () => string): { rest: { about: Subject[]; states: string[] } | null; parts: Part[] } => {
  const told = (iso3: string): Subject[] => about.filter((one) => one.iso3 === iso3);
  const rest = states.filter((iso3) => !held.has(iso3) && told(iso3).length > 0);
  const spoken = states.filter((iso3) => held.has(iso3) && told(iso3).length > 0);
  const back = rest.length === 0 && spoken.length === 0 ? states.filter((iso3) => held.has(iso3)).slice(0, 1) : spoken;
  const ofItself = (iso3: string, index: number): boolean => rest.length === 0 && index === 0;
  return {
    rest: rest.length === 0 ? null : { about: about.filter(({ iso3 }) => !held.has(iso3)), states: rest },
    parts: back.map((iso3, index) => ({ id: ofItself(iso3, index) ? id : newId(), iso3, about: told(iso3) })),
  };
};

/** What several messages to one contact say, each thing once, in the order of their days. */
export const together = (messages: readonly Pick<Said, 'about'>[]): Subject[] => {
  const once = new Map(messages.flatMap(({ about }) => about).map((one) => [[one.iso3, one.article, one.kind, one.year, one.dueOn, one.step].join(' '), one]));
  return [...once.values()];
};
