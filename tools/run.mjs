import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { node26, root } from './prepare.mjs';

/** Long enough for a clean shutdown; past it, a program that has not been told is told. */
const TERMINAL_GRACE_MS = 5_000;

/**
 * Runs a program on the project's own Node and gives its exit code (128 + signal, as a shell would).
 *
 * A signal is passed on once, however often it comes: Ctrl-C reaches the whole foreground group, npm passes it on to
 * us once more, and the program has heard it from the terminal already. We only wait for it to end in its own time.
 */
export const run26 = ([program, ...args], { env = process.env, cwd } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(node26, [join(root, program), ...args], { cwd, env, stdio: 'inherit' });
    let passedOn = false;
    const passOn = (signal) => {
      if (passedOn) return;
      passedOn = true;
      const tell = () => child.kill(signal);
      if (signal === 'SIGINT' && process.stdin.isTTY) setTimeout(tell, TERMINAL_GRACE_MS).unref();
      else tell();
    };
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, passOn);
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
