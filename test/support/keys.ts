import { createHash, randomBytes } from 'node:crypto';
import { rowsOf } from './log.js';
import type { Database, Service } from './service.js';

/** Everyone who may come: without a key, or with one of a role. */
export const ROLES = ['nobody', 'registrar', 'coordinator', 'focal-point', 'auditor', 'subscriber', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export interface Key {
  id: string;
  key: string;
}

/** The first administrator's key, as the command line would write it; all others get theirs from an administrator. */
export const adminKey = async (database: Database): Promise<Key> => {
  const [id, secret] = [randomBytes(6).toString('hex'), randomBytes(32).toString('base64url')];
  await rowsOf(database, 'INSERT INTO access.keys (id, hash, role, created_at) VALUES ($1, $2, $3, now())', [id, createHash('sha256').update(secret).digest(), 'admin']);
  return { id, key: `pacta_${id}_${secret}` };
};

export const bearer = ({ key }: Pick<Key, 'key'>): { authorization: string } => ({ authorization: `Bearer ${key}` });

export const createKey = async ({ base }: Service, admin: Key, role: Role): Promise<Key> => {
  const response = await fetch(`${base}/v1/keys`, { method: 'POST', headers: { ...bearer(admin), 'content-type': 'application/json' }, body: JSON.stringify({ role, ...(role === 'coordinator' ? { theme: 'clearance' } : {}), ...(role === 'focal-point' ? { iso3: 'GNB' } : {}) }) });
  if (response.status !== 201) throw new Error(await response.text());
  return (await response.json()) as Key;
};

/** What goes with a request of each role. */
export const headersOfAll = async (database: Database, service: Service): Promise<Record<Role, Record<string, string>>> => {
  const admin = await adminKey(database);
  const others = await Promise.all(ROLES.filter((role) => role !== 'nobody' && role !== 'admin').map(async (role) => [role, bearer(await createKey(service, admin, role))] as const));
  return { nobody: {}, admin: bearer(admin), ...Object.fromEntries(others) } as unknown as Record<Role, Record<string, string>>;
};
