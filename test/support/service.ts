import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { bareEnvironment } from './environment.js';

const program = (app: string): string => fileURLToPath(new URL(`../../dist/apps/${app}/main.js`, import.meta.url));

export interface Database {
  url: string;
  drop(): Promise<void>;
}

/** A database of its own for one test file: a copy of the loaded record, or an empty one. */
export const createDatabase = async ({ loaded = true } = {}): Promise<Database> => {
  const adminUrl = required('TEST_DATABASE_URL');
  const name = `pacta_test_${randomBytes(6).toString('hex')}`;
  await asAdmin(adminUrl, `CREATE DATABASE ${name} ${loaded ? `TEMPLATE ${required('TEST_TEMPLATE')} STRATEGY FILE_COPY` : ''}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => asAdmin(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
};

/** Copying a template fails while somebody else is copying it; waiting a little is all it needs. */
const asAdmin = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        await client.query(sql);
        return;
      } catch (error) {
        if ((error as { code?: string }).code !== '55006' || attempt === 100) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  } finally {
    await client.end();
  }
};

export interface Service {
  /** `http://127.0.0.1:…` */
  base: string;
  process: ChildProcess;
  /** Everything that it printed. */
  output(): string;
  /** Ends it as Ctrl-C does; its exit code. */
  stop(): Promise<number | null>;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
}

/** The built program on a database, ready to answer. */
export const startService = async (database: Database, env: Record<string, string> = {}, { untilReady = true } = {}): Promise<Service> => {
  const child = spawn(process.execPath, [program('standalone')], {
    env: { ...bareEnvironment(), DATABASE_URL: database.url, PORT: '0', LOG_LEVEL: 'error', ...env }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)));
  const service: Service = {
    base: '', process: child, output: () => output,
    stop: () => {
      child.kill('SIGINT');
      return ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
  while (untilReady && service.base === '') {
    if (child.exitCode !== null) throw new Error(`The service ended (${child.exitCode}):\n${output}`);
    service.base = /Pacta is ready: (\S+)/.exec(output)?.[1] ?? '';
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return service;
};

/** Runs the command line to its end. */
export const runCli = (database: Database, ...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [program('cli'), ...args], { env: { ...bareEnvironment(), DATABASE_URL: database.url }, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });

const required = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests with npm test.`);
  return value;
};

/** The key of a registrar in every copy of the loaded record. */
export const registrarKey = (): string => required('TEST_REGISTRAR_KEY');
