import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const hasProc = existsSync('/proc/self/stat');

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

/** Tells a process from a later one with the same pid: when it began, and in which run of the machine. Undefined where that cannot be told. */
export const beginningOf = (pid: number): string | undefined => {
  if (!hasProc) return psBeginning(pid);
  const fields = statFields(pid);
  return fields && `${read('/proc/sys/kernel/random/boot_id')?.trim() ?? ''}/${fields[19] ?? ''}`;
};

/** Is it there, and (where `beginning` is known) is it still the same one? One that is dead but not yet buried by its parent does not count. */
export const isRunning = (pid: number, beginning?: string): boolean => {
  if (!exists(pid)) return false;
  if (hasProc && /^[ZX]/.test(statFields(pid)?.[0] ?? '')) return false;
  const now = beginning && beginningOf(pid);
  return !now || now === beginning;
};

/** The command line, or undefined where the system does not show it. */
export const commandLineOf = (pid: number): string[] | undefined => read(`/proc/${pid}/cmdline`)?.split('\0');

/** The fields after the program's name, which may itself hold spaces and brackets. */
const statFields = (pid: number): string[] | undefined => {
  const stat = read(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
};

const exists = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const psBeginning = (pid: number): string | undefined => {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } }).trim() || undefined;
  } catch {
    return undefined;
  }
};
