import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from '../support/environment.js';

export interface Program {
  /** Everything that it printed. */
  output(): string;
  /** Resolves with the first match in what it prints; rejects if it ends without. */
  says(what: RegExp): Promise<string>;
  /** True until it has ended. */
  runs(): boolean;
  /** Its exit code, once it has ended. */
  ended: Promise<number | null>;
  signal(name: 'SIGKILL' | 'SIGINT' | 'SIGTERM'): Promise<number | null>;
  pid: number;
}

type App = 'api' | 'worker' | 'standalone' | 'cli';

/** One of the built programs, as a process of its own. */
export const run = (app: App, env: Record<string, string>, ...args: string[]): Program => runFrom(fileURLToPath(new URL('../..', import.meta.url)), app, env, ...args);

/** Of another checkout. */
export const runFrom = (checkout: string, app: App, env: Record<string, string>, ...args: string[]): Program => {
  const main = join(checkout, `dist/apps/${app}/main.js`);
  const child = spawn(process.execPath, [main, ...args], { env: { ...bareEnvironment(), PORT: '0', LOG_LEVEL: 'info', RATE_LIMIT: '0', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const runs = (): boolean => child.exitCode === null && child.signalCode === null;
  return {
    output: () => output, ended, runs, pid: child.pid ?? 0,
    says: async (what) => {
      for (;;) {
        const found = what.exec(output);
        if (found) return found[1] ?? found[0];
        if (!runs()) throw new Error(`It ended (${child.exitCode}) before it said ${what}:\n${output}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    signal: (name) => {
      child.kill(name);
      return ended;
    },
  };
};
