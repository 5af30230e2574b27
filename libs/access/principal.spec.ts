import { describe, expect, it } from '@jest/globals';
import { ANYONE, mayDo, type Permission, PERMISSIONS, ROLES } from './index.js';

describe('who may do what', () => {
  const granted = (role: (typeof ROLES)[number] | null, publicReads: boolean): Permission[] => PERMISSIONS.filter((permission) => mayDo({ actor: 'key:test', role }, permission, publicReads));

  it.each([
    ['registrar', ['none', 'read', 'record', 'read-letters', 'correspond']],
    ['coordinator', ['none', 'read', 'read-letters']],
    ['focal-point', ['none', 'read', 'read-letters']],
    ['auditor', ['none', 'read', 'read-letters']],
    ['subscriber', ['none', 'read', 'subscribe']],
    ['admin', ['none', 'read', 'record', 'read-letters', 'correspond', 'subscribe', 'administer']],
  ] as const)('a %s may %j, whether reading is public or not', (role, permissions) => {
    for (const publicReads of [true, false]) expect(granted(role, publicReads)).toEqual(permissions);
  });

  it('anyone may read where reading is public, and nothing more', () => {
    expect(granted(ANYONE.role, true)).toEqual(['none', 'read']);
    expect(granted(ANYONE.role, false)).toEqual(['none']);
  });

  it('says something of every role that there is', () => {
    expect(ROLES).toEqual(['registrar', 'coordinator', 'focal-point', 'auditor', 'subscriber', 'admin']);
  });
});
