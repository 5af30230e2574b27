import { createServer, type IncomingHttpHeaders, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

/** What arrived at a receiver. */
export interface Arrived {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Receiver {
  port: number;
  arrived: Arrived[];
  /** Connections made to it, whether anything came over them or not. */
  connections: number;
  close(): Promise<void>;
}

type Respond = (request: IncomingMessage, response: ServerResponse, arrived: Arrived) => void;

/** A server on loopback that keeps what it is sent. */
export const startReceiver = async (respond: Respond, { host = '127.0.0.1', tls }: { host?: string; tls?: { key: string; cert: string } } = {}): Promise<Receiver> => {
  const sockets = new Set<Socket>();
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const arrived = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() };
      receiver.arrived.push(arrived);
      respond(request, response, arrived);
    });
  };
  const server = tls ? createSecureServer(tls, listener) : createServer(listener);
  server.on('connection', (socket: Socket) => {
    receiver.connections++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const receiver: Receiver = {
    port: (server.address() as AddressInfo).port, arrived: [], connections: 0,
    close: () => new Promise((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    }),
  };
  return receiver;
};
