import { describe, expect, it } from '@jest/globals';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';
import { Metrics } from '#platform';

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = (path: string): string => readFileSync(join(root, path), 'utf8');
const all = (pattern: string): string[] => globSync(pattern, { cwd: root });
const settings = text('libs/platform/config/settings.ts');
/** Names that no setting has. */
const unknown = (names: readonly string[]): string[] => names.filter((name) => !new RegExp(`^\\s+(@.*\\) )?${name}[?]?[:= ]`, 'm').test(settings));

interface Service {
  build?: unknown;
  profiles: string[];
  environment?: Record<string, string>;
  volumes?: string[];
  depends_on?: Record<string, unknown>;
  command?: string[] | string;
}

const compose = parse(text('docker-compose.yml'), { merge: true }) as { services: Record<string, Service>; volumes: Record<string, unknown> };
const services = Object.entries(compose.services);
const ours = services.filter(([, { build }]) => build !== undefined);

describe('docker-compose.yml', () => {
  it('knows whatever a service depends on, in each of its profiles', () => {
    const missing = services.flatMap(([name, { profiles, depends_on = {} }]) =>
      Object.keys(depends_on).flatMap((other) => profiles.filter((profile) => !compose.services[other]?.profiles.includes(profile)).map((profile) => `${name} → ${other} (${profile})`)));
    expect(missing).toEqual([]);
  });

  it('declares each volume, and mounts only what is there', () => {
    const mounted = services.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(':')[0] as string));
    expect(mounted.filter((name) => (name.startsWith('.') ? !existsSync(join(root, name)) : !(name in compose.volumes)))).toEqual([]);
    expect(Object.keys(compose.volumes).filter((name) => !mounted.includes(name))).toEqual([]);
  });

  it('gives each of our processes settings that there are, and the addresses of services in its profile', () => {
    expect(ours.length).toBeGreaterThan(5);
    for (const [name, { environment = {}, profiles }] of ours) {
      expect({ name, unknown: unknown(Object.keys(environment)) }).toEqual({ name, unknown: [] });
      const hosts = Object.values(environment).flatMap((value) => [...String(value).matchAll(/(?<=@|,|smtp:\/\/)([a-z]+[0-9]?):\d+/g)].map(([, host]) => host as string));
      expect({ name, away: hosts.filter((host) => !profiles.every((profile) => compose.services[host]?.profiles.includes(profile))) }).toEqual({ name, away: [] });
    }
  });

  it('starts programs that the build makes', () => {
    const commands = ours.map(([, { command }]) => [command ?? []].flat().find((part) => part.startsWith('dist/')) ?? 'dist/apps/api/main.js');
    expect(commands.filter((main) => !existsSync(join(root, main.replace(/^dist/, '.').replace(/js$/, 'ts'))))).toEqual([]);
  });
});

interface Kustomization {
  resources: string[];
  configMapGenerator?: { envs: string[] }[];
  patches?: { path: string }[];
}
interface Probe {
  httpGet: { port: string };
}
interface Container {
  env?: { name: string }[];
  ports?: { name: string }[];
  startupProbe?: Probe;
  readinessProbe?: Probe;
  livenessProbe?: Probe;
}

describe('the Kubernetes manifests', () => {
  const kustomizations = all('infra/kubernetes/*/kustomization.yaml');

  it('are all used, and all there', () => {
    const used = kustomizations.flatMap((path) => {
      const { resources, configMapGenerator = [], patches = [] } = parse(text(path)) as Kustomization;
      return [...resources, ...configMapGenerator.flatMap(({ envs }) => envs), ...patches.map((patch) => patch.path)].map((name) => relative('.', join(dirname(path), name)));
    });
    expect(used.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(all('infra/kubernetes/**/*.*').filter((path) => !/kustomization\.yaml$|example/.test(path) && !used.includes(path))).toEqual([]);
  });

  it('name settings that there are, and probe ports that are open', () => {
    const fromFiles = all('infra/kubernetes/**/*.env').flatMap((path) => [...text(path).matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name as string));
    const containers = all('infra/kubernetes/base/*.yaml').flatMap((path) => parseAllDocuments(text(path)).map((document) => document.toJS() as { spec?: { template?: { spec: { containers: Container[] } } } }))
      .flatMap(({ spec }) => spec?.template?.spec.containers ?? []);
    expect(unknown([...fromFiles, ...containers.flatMap(({ env = [] }) => env.map(({ name }) => name))])).toEqual([]);
    const probed = containers.map(({ ports = [], startupProbe, readinessProbe, livenessProbe }) => ({ open: ports.map(({ name }) => name), asked: [startupProbe, readinessProbe, livenessProbe].flatMap((probe) => probe?.httpGet.port ?? []) }));
    expect(probed.filter(({ open, asked }) => asked.some((port) => !open.includes(port)))).toEqual([]);
  });
});

describe('dashboard and alerts', () => {
  it('ask for what the program measures', async () => {
    const measured = (await new Metrics().registry.getMetricsAsJSON()).flatMap(({ name, type }) => (String(type) === 'histogram' ? ['_bucket', '_count', '_sum'].map((part) => `${name}${part}`) : [name]));
    const asked = [...new Set(['infra/grafana/dashboards/pacta.json', 'infra/prometheus/alerts.yaml'].flatMap((path) => [...text(path).matchAll(/\b(?:pacta|process|nodejs)_[a-z0-9_]+/g)].map(([name]) => name)))];
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.filter((name) => !measured.includes(name))).toEqual([]);
  });

  it('scrape ports that processes listen on', () => {
    const { scrape_configs } = parse(text('infra/prometheus/prometheus.yaml')) as { scrape_configs: { dns_sd_configs: { names: string[]; port: number }[] }[] };
    const targets = scrape_configs.flatMap(({ dns_sd_configs }) => dns_sd_configs.flatMap(({ names, port }) => names.map((name) => ({ name, port }))));
    expect(targets.map(({ name }) => name).sort()).toEqual(ours.filter(([name]) => !name.startsWith('load')).map(([name]) => name).sort());
    for (const { name, port } of targets) expect([name, port]).toEqual([name, Number(compose.services[name]?.environment?.['WORKER_PORT'] ?? 3000)]);
  });
});
