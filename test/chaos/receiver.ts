import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A subscriber's receiver: it takes everything in, now and then slowly or only at the second try. */
export interface Receiver {
  url(path: string): string;
  /** How often a path was given each event, by id; in the order in which they first came. */
  taken(path: string): ReadonlyMap<string, number>;
  close(): Promise<void>;
}

const FAILS = 0.01;
const SLOW = { share: 0.01, ms: 1_500 };
/** Where order was asked for, each failure holds up all that comes after it for seconds. */
const IN_ORDER = 0.1;

export const startReceiver = async (): Promise<Receiver> => {
  const taken = new Map<string, Map<string, number>>();
  const failed = new Set<string>();
  const of = (path: string): Map<string, number> => {
    const known = taken.get(path) ?? new Map<string, number>();
    taken.set(path, known);
    return known;
  };
  const server = createServer((request, response) => {
    void bodyOf(request).then(async (body) => {
      const { challenge } = JSON.parse(body) as { challenge?: string };
      if (challenge) return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ challenge }));
      const path = request.url ?? '';
      const id = String(request.headers['webhook-id']);
      const share = path === '/in-order' ? IN_ORDER : 1;
      if (!failed.has(path + id) && Math.random() < FAILS * share) {
        failed.add(path + id);
        return response.writeHead(503).end();
      }
      if (Math.random() < SLOW.share * share) await new Promise((resolve) => setTimeout(resolve, SLOW.ms));
      of(path).set(id, (of(path).get(id) ?? 0) + 1);
      return response.writeHead(204).end();
    }).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (path) => `http://127.0.0.1:${port}${path}`, taken: of,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};
