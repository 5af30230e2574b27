import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { v7 } from 'uuid';
import { Problem, problemDocument } from '#platform';

const TYPE = 'application/problem+json; charset=utf-8';

/** What is no HTTP gets no further than its connection; it is answered as everything else is, and the connection closed. */
export const refuseUnreadable = (error: Error & { code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (!socket.writable) return void socket.destroy();
  const problem = unreadable(error.code);
  const body = bodyOf(problem);
  socket.end(`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\nContent-Type: ${TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`);
};

const bodyOf = (problem: Problem): string => JSON.stringify({ ...problemDocument(problem), correlation: v7() });

const unreadable = (code: string | undefined): Problem => {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new Problem(431, 'headers-too-large', 'The address and the headers together are larger than 16 kB.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Problem(408, 'request-too-slow', 'The request did not arrive in time. Send it again.');
    default:
      return new Problem(400, 'not-http', 'This is not a request in HTTP/1.1 that can be read.');
  }
};

/** Node would answer this with nothing but a number. */
export const refuseExpectations = (server: Server): void => {
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    const body = bodyOf(new Problem(417, 'expectation-not-met', 'The only expectation that we meet is 100-continue.'));
    response.writeHead(417, { 'content-type': TYPE, 'content-length': Buffer.byteLength(body) }).end(body);
  });
};
