import type { Schema } from '../catalogue/schema.js';

/**
 * What a newer schema of the same version takes away from receivers that were written against the published one: a member
 * that is gone or of another kind, one that may now be missing, a value that they were not told of, a longer text. Empty
 * where the two are compatible. New members are no matter: receivers ignore what they do not know.
 */
export const breaches = (published: Schema, now: Schema, at = ''): string[] => {
  const found: string[] = [];
  const say = (what: string): void => void found.push(`${at || 'the whole'}: ${what}`);
  if (JSON.stringify(published.type) !== JSON.stringify(now.type)) say('another type');
  for (const fixed of ['format', 'pattern', 'const'] as const) if (published[fixed] !== undefined && published[fixed] !== now[fixed]) say(`another ${fixed}`);
  if (published.enum && !(now.enum ?? ['(any)']).every((value) => published.enum?.includes(value))) say('a value that was not announced');
  for (const most of ['maxLength', 'maxItems', 'maximum'] as const) if (published[most] !== undefined && (now[most] ?? Infinity) > published[most]) say(`a greater ${most}`);
  if (published.minimum !== undefined && (now.minimum ?? -Infinity) < published.minimum) say('a smaller minimum');
  for (const name of published.required ?? []) if (!now.required?.includes(name)) say(`${name} may be missing`);
  for (const [name, schema] of Object.entries(published.properties ?? {})) {
    const newer = now.properties?.[name];
    if (newer) found.push(...breaches(schema, newer, `${at}/${name}`));
    else say(`${name} is gone`);
  }
  if (published.items) found.push(...breaches(published.items, now.items ?? {}, `${at}/items`));
  return found;
};
