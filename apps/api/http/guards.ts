import { Problem } from '#platform';
import type { Guards } from '#dossiers';

/** The headers that guard a command, read once and strictly. */
export const guardsFrom = (headers: Readonly<Record<string, string | string[] | undefined>>, dryRun: boolean | undefined): Guards => {
  const key = single(headers['idempotency-key']);
  const match = single(headers['if-match']);
  if (key !== undefined && !/^[\x21-\x7e]{1,200}$/.test(key)) throw new Problem(400, 'invalid-idempotency-key', 'Idempotency-Key must be 1 to 200 printable characters without spaces, such as a UUID.');
  const ifRevision = match === undefined || match === '*' ? undefined : revisionOf(match);
  return { ...(key === undefined ? {} : { idempotencyKey: key }), ...(ifRevision === undefined ? {} : { ifRevision }), ...(dryRun ? { dryRun } : {}) };
};

/** The tag of a State's page begins with the revision of its dossier; what follows differs with the question asked. */
export const etagOf = (revision: number, fingerprint?: string): string => `"r${revision}${fingerprint === undefined ? '' : `.${fingerprint}`}"`;

const revisionOf = (tag: string): number => {
  const found = /^(?:W\/)?"r(-1|\d{1,9})(?:\.[\w-]+)?"$/.exec(tag);
  if (!found) throw new Problem(400, 'invalid-if-match', 'If-Match must be the ETag of the State’s page.');
  return Number(found[1]);
};

const single = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value.join(',') : value);
