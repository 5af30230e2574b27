import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What a receiver was sent. */
export interface Arrived {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  event: { id: string; type: string; subject?: string; challenge?: string; data: { position: number; state?: string; details?: { about?: string } } };
}

/** Answers one call; what it leaves open stays open. */
type Respond = (response: ServerResponse, arrived: Arrived) => void;

/** Receivers on one port of this machine, each a path. Challenges are met, and everything else is taken, unless a path was told otherwise. */
export interface Receivers {
  url(path: string): string;
  /** Events at a path, in the order in which they came; challenges and tests left out. */
  at(path: string): Arrived[];
  /** Everything at a path. */
  all(path: string): Arrived[];
  /** What a path does with events, until told otherwise. */
  behave(path: string, respond?: Respond): void;
  /** What a path does with challenges. */
  meet(path: string, respond?: Respond): void;
  close(): Promise<void>;
}

const take: Respond = (response) => void response.end('taken');
const answer: Respond = (response, { event: { challenge } }) => void response.setHeader('content-type', 'application/json').end(JSON.stringify({ challenge }));

export const startReceivers = async (): Promise<Receivers> => {
  const sockets = new Set<Socket>();
  const arrived = new Map<string, Arrived[]>();
  const manners = new Map<string, Respond>();
  const meetings = new Map<string, Respond>();
  const all = (path: string): Arrived[] => arrived.get(path) ?? [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('error', () => undefined).on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const { url: path = '', headers } = request;
      const body = Buffer.concat(chunks).toString();
      const one: Arrived = { path, headers, body, event: JSON.parse(body) as Arrived['event'] };
      arrived.set(path, [...all(path), one]);
      (one.event.type === 'webhook.challenge' ? (meetings.get(path) ?? answer) : (manners.get(path) ?? take))(response, one);
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: (path) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    all, at: (path) => all(path).filter(({ event: { type } }) => !type.startsWith('webhook.')),
    behave: (path, respond = take) => void manners.set(path, respond),
    meet: (path, respond = answer) => void meetings.set(path, respond),
    close: () => new Promise((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    }),
  };
};
