import { expect, it } from '@jest/globals';
import { impersonal } from './impersonal.js';

const MARIA = { email: 'maria.exemplo@mfa.example', name: 'Maria Exemplo' };

it.each([
  ['550 5.1.1 <maria.exemplo@mfa.example>: User unknown', '550 5.1.1 <(address)>: User unknown'],
  ['550 5.1.1 user MARIA.EXEMPLO unknown', '550 5.1.1 user (name) unknown'],
  ['550 5.2.1 Maria Exemplo (/o=MFA/ou=Geneva/cn=Recipients/cn=mexemplo) is disabled', '550 5.2.1 (name) (name) ((address) is disabled'],
  ['550 forwarded to other+x@elsewhere.example; gone', '550 forwarded to (address); gone'],
  ['550\u0000 two\r\nlines', '550 two lines'],
  ['550 5.7.1 Marianne is somebody else', '550 5.7.1 Marianne is somebody else'],
])('"%s" is kept as "%s"', (said, kept) => expect(impersonal(said, [MARIA])).toBe(kept));

it('takes a name for a name, whatever signs it has', () => {
  expect(impersonal('user o(x.*+ unknown', [{ email: 'o(x.*+@mfa.example' }])).toBe('user (name) unknown');
  expect(impersonal('x'.repeat(5_000))).toHaveLength(1_000);
});
