import { connect } from 'node:net';
import type { Service } from './service.js';

/** Bytes as they are, past every client that would refuse to send them; the first answer that comes back. */
export const sendRaw = ({ base }: Service, bytes: string | Buffer): Promise<{ status: number; headers: Headers; body: unknown }> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(base);
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let received = '';
    const end = (): void => {
      socket.destroy();
      const [head = '', ...body] = received.split('\r\n\r\n');
      const [status = '', ...lines] = head.split('\r\n');
      const headers = new Headers(lines.map((line) => line.split(/:\s*/, 2) as [string, string]));
      const text = body.join('\r\n\r\n');
      resolve({ status: Number(status.split(' ')[1]), headers, body: /json/.test(headers.get('content-type') ?? '') && text ? JSON.parse(text) : text });
    };
    socket.setTimeout(5_000, () => reject(new Error(`No whole answer within five seconds, only: ${received}`)));
    socket.on('data', (chunk) => {
      received += chunk.toString();
      const length = /content-length: (\d+)/i.exec(received)?.[1];
      const bodyAt = received.indexOf('\r\n\r\n') + 4;
      if (bodyAt > 3 && length !== undefined && Buffer.byteLength(received.slice(bodyAt)) >= Number(length)) end();
    });
    socket.on('end', end);
    socket.on('error', (error) => (received === '' ? reject(error) : end()));
  });
