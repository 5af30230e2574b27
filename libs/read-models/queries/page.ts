import { Problem } from '#platform';

/** One page of a list; `next` asks for the following one, null at the end. */
export interface Page<Item> {
  items: Item[];
  next: string | null;
  /** Position of the log that the answer stands at. */
  position: number;
}

export interface AskedPage {
  cursor?: string;
  limit?: number;
}

export const DEFAULT_LIMIT = 100;
export const MOST_ITEMS = 1_000;

/** Where a page ended, as an opaque text. */
export const cursorFrom = (place: readonly (string | number)[]): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** @throws {Problem} 400 for a cursor that we did not give, or gave for another list */
export const placeOf = (cursor: string, parts: number): (string | number)[] => {
  try {
    const place = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as (string | number)[];
    if (Array.isArray(place) && place.length === parts && place.every((part) => typeof part === 'string' || Number.isSafeInteger(part))) return place;
  } catch {
    // Falls through to the same answer.
  }
  throw new Problem(400, 'invalid-cursor', 'This cursor is none of ours. Take it from `next` of the page before, or leave it out to begin.');
};
