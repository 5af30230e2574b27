import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultHome } from './index.js';

const given = process.env['PACTA_HOME'];
let checkout: string;

beforeEach(async () => {
  delete process.env['PACTA_HOME'];
  const parent = await mkdtemp(join(tmpdir(), 'pacta-home-'));
  await chmod(parent, 0o755);
  checkout = join(parent, 'checkout');
  await mkdir(checkout);
});
afterEach(async () => {
  delete process.env['PACTA_HOME'];
  if (given !== undefined) process.env['PACTA_HOME'] = given;
  await rm(join(checkout, '..'), { recursive: true });
});

describe('the default home', () => {
  it('is the one that PACTA_HOME names, from where the program is started', () => {
    process.env['PACTA_HOME'] = 'somewhere';
    expect(defaultHome(checkout)).toEqual({ home: join(process.cwd(), 'somewhere') });
  });

  it('lies in the checkout', () => {
    expect(defaultHome(checkout)).toEqual({ home: join(checkout, 'var') });
  });

  it('lies under /var/tmp, saying why, where only root may enter the checkout', async () => {
    if (process.getuid?.() !== 0) return;
    await chmod(join(checkout, '..'), 0o700);
    const { home, reason } = defaultHome(checkout);
    expect(home).toMatch(/^\/var\/tmp\/pacta-[0-9a-f]{12}$/);
    expect(reason).toContain(`may not enter ${join(checkout, '..')}`);
  });
});
