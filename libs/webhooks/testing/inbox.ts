import type { CloudEvent } from '../catalogue/cloud-event.js';
import { type Arrived, type Receiver, startReceiver } from './receiver.js';

export type Respond = Parameters<typeof startReceiver>[0];

export interface Inbox {
  receiver: Receiver;
  /** How its paths answer; 200 unless said. Challenges are met everywhere but where the path says `silent`. */
  answers: Map<string, Respond>;
  answer(path: string, status: number, headers?: Record<string, string>): void;
  url(path: string): string;
  /** What came to a path, challenges left out. */
  at(path: string): Arrived[];
  idsAt(path: string): string[];
}

export const eventIn = ({ body }: Arrived): CloudEvent => JSON.parse(body) as CloudEvent;

export const metChallenge: Respond = (_request, response, { body }) => response.end(JSON.stringify({ challenge: (JSON.parse(body) as { data: { challenge: string } }).data.challenge }));

/** A receiver with many paths, each an endpoint of somebody's. */
export const openInbox = async (): Promise<Inbox> => {
  const answers = new Map<string, Respond>();
  const receiver = await startReceiver((request, response, arrived) => {
    const respond = answers.get(arrived.path);
    if (eventIn(arrived).type === 'webhook.challenge' && !arrived.path.includes('silent')) metChallenge(request, response, arrived);
    else if (respond) respond(request, response, arrived);
    else response.end('taken');
  });
  const at = (path: string): Arrived[] => receiver.arrived.filter((one) => one.path === path && eventIn(one).type !== 'webhook.challenge');
  return {
    receiver, answers, at,
    answer: (path, status, headers = {}) => void answers.set(path, (_request, response) => response.writeHead(status, headers).end(`answer ${status}`)),
    url: (path) => `http://127.0.0.1:${receiver.port}${path}`,
    idsAt: (path) => at(path).map(({ headers }) => String(headers['webhook-id'])),
  };
};
