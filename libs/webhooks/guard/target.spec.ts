import { describe, expect, it } from '@jest/globals';
import { ForbiddenTarget, readTarget } from './target.js';

const strict = { allowLoopback: false };
const development = { allowLoopback: true };
const refused = (address: string, reach = strict) => expect(() => readTarget(address, reach)).toThrow(ForbiddenTarget);

describe('an address given by somebody else is refused', () => {
  it.each([
    'http://example.org/', 'ftp://example.org/', 'file:///etc/passwd', 'javascript:alert(1)', 'data:text/plain,x', '//example.org/', 'example.org', '', 'https://', 'https://exa mple.org/', `https://example.org/${'a'.repeat(2_000)}`,
    'https://user@example.org/', 'https://user:secret@example.org/', 'https://:secret@example.org/', 'https://example.org./', 'https://127.0.0.1.:443/', 'https://localhost./',
    'https://example.org:80/', 'https://example.org:22/', 'https://example.org:5432/', 'https://example.org:6379/', 'https://example.org:0/',
  ])('%s', (address) => refused(address));

  it.each([
    '127.0.0.1', '127.1', '0x7f.1', '0x7f000001', '0177.0.0.1', '2130706433', '017700000001', '0', '0.0.0.0', '10.0.0.1', '192.168.1.1', '172.16.0.1', '169.254.169.254', '0xA9FEA9FE', '2852039166', '100.64.0.1', '168.63.129.16',
    '[::]', '[::1]', '[0:0:0:0:0:0:0:1]', '[::ffff:7f00:1]', '[::ffff:127.0.0.1]', '[::ffff:169.254.169.254]', '[::127.0.0.1]', '[fe80::1]', '[fe80::1%25eth0]', '[fe80::1%eth0]', '[fc00::1]', '[fd00:ec2::254]', '[ff02::1]', '[2001:db8::1]', '[64:ff9b::7f00:1]',
    '[64:ff9b:1::1]', '[2002:7f00:1::]', '[3fff::1]', '[5f00::1]', '[100::1]', '①②⑦.⓪.⓪.①', '127。0。0。1', '%31%32%37.0.0.1',
  ])('https://%s/', (host) => refused(`https://${host}/`));
});

it('what is refused is refused without repeating it', () => {
  expect(() => readTarget('https://user:secret@example.org/', strict)).toThrow(/^(?!.*secret)/);
});

describe('an address of anybody is read', () => {
  it.each([
    ['https://example.org/hooks?a=1#part', 'https://example.org/hooks?a=1'], ['HTTPS://EXAMPLE.org:443', 'https://example.org/'], ['https://example.org:8443/x', 'https://example.org:8443/x'], ['https://münchen.example/', 'https://xn--mnchen-3ya.example/'],
    ['https://8.8.8.8/', 'https://8.8.8.8/'], ['https://[2606:4700:4700::1111]/', 'https://[2606:4700:4700::1111]/'], ['https://[::ffff:8.8.8.8]/', 'https://[::ffff:808:808]/'],
  ])('%s', (address, read) => expect(readTarget(address, strict).href).toBe(read));
});

describe('where loopback is allowed for development', () => {
  it.each(['http://127.0.0.1:9/', 'http://localhost:8080/', 'https://[::1]:8443/', 'http://[::ffff:127.0.0.1]:80/', 'https://example.org/'])('%s is read', (address) => expect(readTarget(address, development)).toBeInstanceOf(URL));
  it.each(['http://10.0.0.1/', 'https://10.0.0.1/', 'https://169.254.169.254/', 'http://8.8.8.8/', 'https://8.8.8.8:22/', 'https://[::ffff:10.0.0.1]/', 'https://0.0.0.0/', 'http://user@localhost/', 'ftp://localhost/'])('%s is not', (address) => refused(address, development));
});
