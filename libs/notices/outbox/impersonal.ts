/** Whom a text must not give away. */
export interface Person {
  email: string | null;
  name?: string | null;
}

/** Mail servers like to repeat whom they speak of, in whole or in part; the record keeps ids, never names or addresses. */
export const impersonal = (said: string, people: readonly Person[] = []): string => {
  const named = people.flatMap(({ email, name }) => [email?.split('@')[0] ?? '', ...(name?.split(/[\s,]+/) ?? [])]).filter((word) => word.length > 1);
  const text = said.replace(/[^\s<>"'()[\]]+@[^\s<>"'()[\],;]+/g, '(address)').replace(/(?:\/o=|\/ou=|\bcn=)\S*/gi, '(address)');
  const scrubbed = [...new Set(named)].sort((a, b) => b.length - a.length).reduce((rest, word) => rest.replace(new RegExp(`(?<![\\p{L}\\p{N}])${literal(word)}(?![\\p{L}\\p{N}])`, 'giu'), '(name)'), text);
  // Control characters have no place in a record, and PostgreSQL takes no NUL.
  return scrubbed.toWellFormed().replace(/[\u0000-\u001f\u007f-\u009f\s]+/g, ' ').trim().slice(0, 1_000);
};

const literal = (word: string): string => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
