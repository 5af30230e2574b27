import { Problem } from '#platform';

const DEEPEST = 12;

/** Refuses what could not be stored or walked through: NUL characters, broken text, absurd nesting, names that every object has. */
export const refuseUnstorable = (value: unknown, depth = 0): void => {
  if (typeof value === 'string') {
    if (value.includes('\u0000')) throw new Problem(400, 'nul-character', 'The request contains a NUL character, which no text of ours may hold.');
    // Bytes that are no UTF-8 arrive as U+FFFD.
    if (!value.isWellFormed() || value.includes('\ufffd')) throw new Problem(400, 'broken-text', 'The request contains text that is not well-formed Unicode.');
    return;
  }
  // Bytes are for whoever reads them; none of them becomes a text as it is.
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
  if (depth > DEEPEST) throw new Problem(400, 'nested-too-deeply', `The body is nested more than ${DEEPEST} levels deep.`);
  for (const [key, member] of Object.entries(value)) {
    // class-transformer passes over these without a word.
    if (key in Object.prototype) throw new Problem(400, 'reserved-name', `There is no field ${key} here.`);
    refuseUnstorable(key, depth + 1);
    refuseUnstorable(member, depth + 1);
  }
};
