import { connect, createServer, type Server, type Socket } from 'node:net';

/** One address for a server that comes back at another port. */
export const frontOf = async (port: () => number | undefined): Promise<{ port: number; server: Server }> => {
  const server = createServer((socket: Socket) => {
    const behind = connect(port() ?? 1, '127.0.0.1');
    for (const [one, other] of [[socket, behind], [behind, socket]] as const) {
      one.pipe(other);
      one.on('error', () => other.destroy()).on('close', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as { port: number }).port, server };
};
