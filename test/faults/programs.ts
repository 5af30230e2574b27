import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

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
}

/** One of the built programs, as a process of its own. */
export const run = (app: 'api' | 'worker' | 'standalone' | 'cli', env: Record<string, string>, ...args: string[]): Program => {
  const main = fileURLToPath(new URL(`../../dist/apps/${app}/main.js`, import.meta.url));
  const child = spawn(process.execPath, [main, ...args], { env: { PATH: process.env['PATH'] ?? '', PORT: '0', LOG_LEVEL: 'info', RATE_LIMIT: '0', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const runs = (): boolean => child.exitCode === null && child.signalCode === null;
  return {
    output: () => output, ended, runs,
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
