import { Agent, get } from 'node:http';

export interface Measured {
  name: string;
  requests: number;
  failed: number;
  /** Milliseconds from when a request was due, so that waiting for a free connection counts. */
  p50: number;
  p99: number;
  max: number;
}

/** Sends requests at a fixed rate whatever the answers do, over a fixed number of connections. */
export const openLoop = async (base: string, paths: readonly { name: string; path: () => string }[], { rate, seconds, connections }: { rate: number; seconds: number; connections: number }): Promise<Measured[]> => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times = new Map(paths.map(({ name }) => [name, [] as number[]]));
  const failures = new Map(paths.map(({ name }) => [name, 0]));
  const started = performance.now();
  const pending: Promise<void>[] = [];
  for (let index = 0; index < rate * seconds; index++) {
    const due = started + (index * 1_000) / rate;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const { name, path } = paths[index % paths.length] as (typeof paths)[number];
    pending.push(
      answered(`${base}${path()}`, agent).then((ok) => {
        if (ok) times.get(name)?.push(performance.now() - due);
        else failures.set(name, (failures.get(name) ?? 0) + 1);
      }),
    );
  }
  await Promise.all(pending);
  agent.destroy();
  return paths.map(({ name }) => ({ name, failed: failures.get(name) ?? 0, ...percentiles(times.get(name) ?? []) }));
};

const answered = (url: string, agent: Agent): Promise<boolean> =>
  new Promise((resolve) => {
    get(url, { agent }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode === 200));
    }).on('error', () => resolve(false));
  });

const percentiles = (times: number[]): { requests: number; p50: number; p99: number; max: number } => {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { requests: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) };
};
