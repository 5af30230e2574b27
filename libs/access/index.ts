/** Who may do what: keys, tokens and the roles that they stand for. */
export { type KeyInfo, Keys, type NewKey, PREFIX as KEY_PREFIX } from './keys.js';
export { ANYONE, mayDo, type Permission, PERMISSIONS, type Principal, type Role, ROLES } from './principal.js';
export { Tokens } from './tokens.js';
