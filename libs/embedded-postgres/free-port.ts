import { createServer, type AddressInfo } from 'node:net';

/** A port that is free on the loopback address now; by the time it is used somebody may have taken it, so be ready to ask again. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
