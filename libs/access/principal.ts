export const ROLES = ['registrar', 'coordinator', 'focal-point', 'auditor', 'subscriber', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Who is asking. `actor` goes into the record: a reference, never a name or an address. */
export interface Principal {
  /** `key:…` or `oidc:…`; `anyone` for whoever came without a key. */
  actor: string;
  /** Null for whoever came without a key. */
  role: Role | null;
  /** Of a coordinator. */
  theme?: string;
  /** Of a focal point. */
  iso3?: string;
  /** Whose key it is, where it belongs to an address that was confirmed: a reference, never the address. */
  subscriber?: string;
}

export const ANYONE: Principal = { actor: 'anyone', role: null };

/**
 * What a route may ask for: `none` (health and the like), `read` (anyone, unless public reads are switched off),
 * `record` (to add to the record), `read-letters` (what was written to whom; a focal point only of its own State),
 * `correspond` (contacts, and what is to go out), `subscribe` (endpoints of one's own), `administer` (keys and the running
 * of the service).
 */
export const PERMISSIONS = ['none', 'read', 'record', 'read-letters', 'correspond', 'subscribe', 'administer'] as const;
export type Permission = (typeof PERMISSIONS)[number];

const GRANTED: Readonly<Record<Role, readonly Permission[]>> = {
  registrar: ['none', 'read', 'record', 'read-letters', 'correspond'],
  coordinator: ['none', 'read', 'read-letters'],
  'focal-point': ['none', 'read', 'read-letters'],
  auditor: ['none', 'read', 'read-letters'],
  subscriber: ['none', 'read', 'subscribe'],
  admin: ['none', 'read', 'record', 'read-letters', 'correspond', 'subscribe', 'administer'],
};

export const mayDo = ({ role }: Principal, permission: Permission, publicReads: boolean): boolean => {
  if (permission === 'none') return true;
  if (role === null) return permission === 'read' && publicReads;
  return GRANTED[role].includes(permission);
};
