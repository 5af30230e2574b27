import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A receiver that takes whatever comes, in a process of its own; it tells its parent its port, and how much it took when
 * asked. What comes under /slow is answered after seconds; what comes under /dead never.
 */
let taken = 0;
const SLOW_MS = 5_000;

const server = createServer((request, response) => {
  const { url = '' } = request;
  request.resume().on('end', () => {
    if (url.startsWith('/dead')) return;
    if (url.startsWith('/slow')) return void setTimeout(() => response.end('ok'), SLOW_MS);
    taken++;
    response.end('ok');
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', 4_096, () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', () => process.send?.({ taken }));
process.on('disconnect', () => process.exit());
