import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

/**
 * What the sessions of this process are called in the database, and those of no other: a container's first process is
 * number 1 in each of them. Whoever takes over from a process that froze ends its sessions by this name.
 */
export const nameOfProcess = (app: string): string => `pacta ${app} ${process.pid}-${randomBytes(2).toString('hex')} ${hostname()}`.slice(0, 63);
