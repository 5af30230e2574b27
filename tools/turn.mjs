import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Two commands started at once on a fresh clone must not install or build into the same folders at the same time. */
export const inTurn = async (root, say, action) => {
  const file = turnFile(root);
  for (let told = false; !(await take(file)); await sleep(200)) {
    if (!told) say('Waiting for another command that is installing or building.');
    told = true;
  }
  try {
    await action();
  } finally {
    rmSync(file, { force: true });
  }
};

const turnFile = (root) => {
  const folder = join(root, 'var');
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true });
    // It is the default place for the data too, which PostgreSQL's own user must be able to enter whatever the umask.
    chmodSync(folder, 0o755);
  }
  return join(folder, 'preparing.lock');
};

const take = async (file) => {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
  } catch (cause) {
    if (cause.code !== 'EEXIST') throw cause;
    if (isLeftByTheDead(file)) rmSync(file, { force: true });
    return false;
  }
  // Two may have found the same dead one: the slower one's removal then took the faster one's file.
  await sleep(30);
  return existsSync(file) && readFileSync(file, 'utf8') === String(process.pid);
};

const isLeftByTheDead = (file) => {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    if (!pid) return Date.now() - statSync(file).mtimeMs > 2_000;
    process.kill(pid, 0);
    return Date.now() - statSync(file).mtimeMs > 30 * 60_000;
  } catch (cause) {
    return cause.code === 'ESRCH';
  }
};
