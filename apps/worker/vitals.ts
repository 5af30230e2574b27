import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Ground } from '../ground/index.js';

type Told = Pick<Ground, 'readiness' | 'measures'>;

/** Whether a worker is alive, whether it is ready, and what it measures, for whoever runs it; nothing else is served here. */
export const serveVitals = async (ground: Told, port: number, host: string): Promise<{ url: string; close(): Promise<void> }> => {
  const server = createServer((request, response) => void answer(ground, request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  const { port: at } = server.address() as AddressInfo;
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${at}`, close: () => close(server) };
};

const answer = async ({ readiness, measures }: Told, { method, url }: IncomingMessage, response: ServerResponse): Promise<void> => {
  const send = (status: number, type: string, body: string): void => void response.writeHead(status, { 'content-type': type }).end(body);
  if (method !== 'GET' && method !== 'HEAD') return send(405, 'text/plain', 'Only GET is answered here.\n');
  switch (url) {
    case '/health/live':
      return send(200, 'application/json', JSON.stringify({ status: 'ok' }));
    case '/health/ready': {
      const checks = await readiness.checks();
      const ok = checks.every((check) => check.ok);
      return send(ok ? 200 : 503, 'application/json', JSON.stringify({ status: ok ? 'ok' : 'not-ready', checks }));
    }
    case '/metrics': {
      const { type, text } = await measures.taken();
      return send(200, type, text);
    }
    default:
      return send(404, 'text/plain', 'There is /health/live, /health/ready and /metrics.\n');
  }
};

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
