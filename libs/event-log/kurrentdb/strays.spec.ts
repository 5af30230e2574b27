import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const built = join(import.meta.dirname, '../../../dist/libs/event-log/kurrentdb/strays.js');
/** What becomes of a process in which nobody catches this. */
const codeOf = (thrown: string): number | null =>
  spawnSync(process.execPath, ['--input-type=module', '-e', `import { tolerateStrays } from ${JSON.stringify(built)}; tolerateStrays(); void Promise.reject(${thrown});`], { stdio: 'ignore' }).status;

describe('a failure that nobody can catch', () => {
  it('of the client of KurrentDB does not end the process', () => {
    expect(codeOf("Object.assign(new Error('14 UNAVAILABLE: Connection dropped'), { code: 14, details: 'Connection dropped', metadata: {} })")).toBe(0);
  });

  it('of anything else does, as ever', () => {
    expect(codeOf("new Error('a bug of ours')")).not.toBe(0);
    expect(codeOf('undefined')).not.toBe(0);
  });
});
