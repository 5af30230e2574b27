import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { inTurn } from './turn.mjs';

/**
 * What a fresh clone lacks. Plain JavaScript without packages, for the machine's own Node (20 or later), since it runs
 * before anything is installed. All it says goes to stderr: stdout belongs to the program that comes after.
 */
export const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
export const node26 = join(root, 'node_modules', '.bin', 'node');

const lockFile = join(root, 'package-lock.json');
const installStamp = join(root, 'node_modules', '.pacta-lock-hash');
const buildStamp = join(root, 'dist', '.pacta-build');

const say = (line) => process.stderr.write(`${line}\n`);
const textOf = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
const hashOf = (...parts) => parts.reduce((hash, part) => hash.update(part).update('\0'), createHash('sha256')).digest('hex');

/** Installs the packages of package-lock.json, unless they are there. Needs the network only when it installs. */
export const ensureInstalled = async () => {
  if (isInstalled()) return;
  await inTurn(root, say, () => {
    if (isInstalled()) return;
    if (!hasLockedPackages()) install();
    writeFileSync(installStamp, wantedPackages());
  });
};

// The platform belongs to it: a checkout that a container shares with its host holds programs for one of the two.
const wantedPackages = () => hashOf(readFileSync(lockFile), process.platform, process.arch);

const isInstalled = () => existsSync(node26) && textOf(installStamp) === wantedPackages();

/** Whether somebody ran `npm install` or `npm ci` by hand: then there is nothing to do, and perhaps no network to do it with. */
const hasLockedPackages = () => {
  const installed = textOf(join(root, 'node_modules', '.package-lock.json'));
  if (!installed || !existsSync(node26)) return false;
  const there = JSON.parse(installed).packages;
  const wanted = Object.entries(JSON.parse(readFileSync(lockFile, 'utf8')).packages);
  return wanted.every(([path, { version, optional }]) => path === '' || optional || there[path]?.version === version);
};

const install = () => {
  say('Installing packages (npm ci): this takes a minute or two, the first time only.');
  // Not with the Node that npm put first in PATH: it lies in the folder that `npm ci` empties before it begins.
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.startsWith(join(root, 'node_modules')));
  const env = Object.fromEntries(Object.entries({ ...process.env, PATH: path.join(delimiter) }).filter(([name]) => !/^npm_(?!config_(cache|registry|prefer_offline|offline)$)|^NODE_(ENV|OPTIONS)$/i.test(name)));
  finish(spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], { cwd: root, env, encoding: 'utf8', maxBuffer: 1e9, stdio: ['ignore', 'pipe', 'pipe'] }), 'The packages could not be installed (npm ci)');
  if (!existsSync(node26)) stop('npm ci ended well, but Node 26 (package "node") is not there: are install scripts switched off (npm config get ignore-scripts)?');
};

/** Builds dist, unless it was built from just these sources. A build that is killed leaves no stamp, so the next one starts over. */
export const ensureBuilt = async () => {
  if (isBuilt()) return;
  await inTurn(root, say, () => {
    if (isBuilt()) return;
    say('Building.');
    const sources = sourcesHash();
    // Without a stamp nobody knows what is in dist, and the compiler's own memory of it cannot be trusted.
    if (!existsSync(buildStamp)) rmSync(join(root, 'dist', '.tsbuildinfo'), { force: true });
    rmSync(buildStamp, { force: true });
    finish(spawnSync(node26, [join(root, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js'), 'build'], { cwd: root, encoding: 'utf8', maxBuffer: 1e9, stdio: ['ignore', 'pipe', 'pipe'] }), 'The build failed');
    writeFileSync(buildStamp, sources);
  });
};

const isBuilt = () => textOf(buildStamp) === sourcesHash();

/** By content, not by time: a checkout that is copied or touched is not built again. */
const sourcesHash = () => {
  const configs = ['package.json', 'package-lock.json', 'nest-cli.json', ...readdirSync(root).filter((name) => /^tsconfig.*\.json$/.test(name)).sort()];
  const sources = ['apps', 'libs', 'test'].flatMap((folder) => filesIn(folder)).filter((path) => !path.endsWith('.spec.ts'));
  return hashOf(...[...configs, ...sources].flatMap((path) => [path, readFileSync(join(root, path))]));
};

const filesIn = (folder) =>
  (existsSync(join(root, folder)) ? readdirSync(join(root, folder), { withFileTypes: true }) : [])
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(`${folder}/${entry.name}`) : entry.isFile() ? [`${folder}/${entry.name}`] : []));

/** The first lines hold the reason; after them npm prints its manual, and the compiler what follows from the first errors. */
const finish = ({ status, error, signal, stdout, stderr }, failed) => {
  if (status === 0) return;
  const lines = `${stdout ?? ''}\n${stderr ?? ''}`.split('\n').filter((line) => line.trim() && !/^npm (warn|error\s*$)/.test(line));
  stop([...lines.slice(0, 40), `${failed}: ${error?.message ?? (signal ? `ended by ${signal}` : `exit code ${status}`)}.`].join('\n'));
};

/** Thrown, not exited, so that the turn is given up on the way; `main` prints it. */
class Stop extends Error {}
const stop = (reason) => {
  throw new Stop(reason);
};

/** Runs a tool: its result is the exit code; a reason to stop is printed without a stack. */
export const main = async (tool) => {
  try {
    process.exitCode = await tool();
  } catch (cause) {
    if (!(cause instanceof Stop)) throw cause;
    say(cause.message);
    process.exitCode = 1;
  }
};
