import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { node26, root } from './prepare.mjs';

/** Whether Ctrl-C at the terminal reaches our whole group, the program included: only the one in the foreground. */
const hearsTheTerminal = () => {
  if (!process.stdin.isTTY) return false;
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return group === foreground;
  } catch {
    return true;
  }
};

/** Of the serving process: left to itself it would let garbage lie until the machine's memory is half full. */
export const MODEST = ['--max-old-space-size=224', '--max-semi-space-size=16'];

/** A start takes a fifth less where Node finds what it compiled the last time. */
const COMPILED = join(root, 'node_modules', '.cache', 'compiled');

/**
 * Runs a program on the project's own Node and gives its exit code (128 + signal, as a shell would).
 *
 * A signal is passed on once, however often it comes, since a program may take the second for "at once": Ctrl-C
 * reaches the whole foreground group, npm passes it on to us once more, and the program has heard it from the terminal
 * already. We only wait for it to end in its own time.
 */
export const run26 = ([program, ...args], { env = process.env, cwd, flags = [] } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(node26, [...flags, join(root, program), ...args], { cwd, env: { NODE_COMPILE_CACHE: COMPILED, ...env }, stdio: 'inherit' });
    const heard = new Set();
    const passOn = (signal) => {
      if (heard.has(signal)) return;
      heard.add(signal);
      if (signal !== 'SIGINT' || !hearsTheTerminal()) child.kill(signal);
    };
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, passOn);
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
