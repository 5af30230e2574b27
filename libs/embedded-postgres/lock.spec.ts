import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newHolder, releaseLock, takeLock, type Holder } from './lock.js';

let folder: string;
let lock: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pacta-lock-'));
  lock = join(folder, 'lock');
});
afterEach(() => rm(folder, { recursive: true }));

const reader = async (): Promise<Holder> => JSON.parse(await readFile(lock, 'utf8')) as Holder;

const race = async (starters: number): Promise<void> => {
  const holders = Array.from({ length: starters }, () => newHolder('service'));
  const outcomes = await Promise.all(holders.map((each) => takeLock(lock, each)));
  const winners = holders.filter((_, index) => outcomes[index] === undefined);
  expect(winners).toEqual([await reader()]);
  expect(await readdir(folder)).toEqual(['lock']);
};

describe('the lock on a home', () => {
  it('goes to one of many', () => race(20));

  it('goes to one of many when its holder is dead', async () => {
    await writeFile(lock, JSON.stringify({ ...newHolder('service'), pid: 2 ** 22 + 1 }));
    await race(20);
  });

  it('goes to one of many when its holder\'s pid is now another program', async () => {
    await writeFile(lock, JSON.stringify({ ...newHolder('service'), beginning: 'another boot/1' }));
    await race(20);
  });

  it('goes to one of many when whoever took it over died on the way', async () => {
    const dead = JSON.stringify({ ...newHolder('service'), pid: 2 ** 22 + 1 });
    for (const name of ['lock', 'lock.takeover']) await writeFile(join(folder, name), dead);
    await race(20);
  });

  it('is free when a crash left it empty', async () => {
    await writeFile(lock, '');
    await utimes(lock, 0, 0);
    await race(5);
  });

  it('is given up by its holder only', async () => {
    const mine = newHolder('service');
    await takeLock(lock, mine);
    await releaseLock(lock, newHolder('service'));
    expect((await reader()).nonce).toBe(mine.nonce);
    await releaseLock(lock, mine);
    expect(await readdir(folder)).toEqual([]);
  });
});
