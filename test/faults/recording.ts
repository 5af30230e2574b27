import { randomUUID } from 'node:crypto';
import { registrarKey, type Service } from '../support/service.js';

/** One fact that a client wants on record, sent until it is told that it is. */
export interface Wanted {
  key: string;
  path: string;
  body: string;
  /** What the service answered, once it has. */
  told?: { position: number; revision: number; events: string[] };
}

const STATES = ['NIU', 'TUV', 'LKA', 'GNB', 'PER', 'BGR', 'ZAF', 'AFG'];

export const remark = (about: string, treaty = 'ccm', states = STATES): Wanted => ({
  key: randomUUID(),
  path: `/v1/treaties/${treaty}/states/${states[Math.floor(Math.random() * states.length)]}/facts`,
  body: JSON.stringify({ type: 'remark-made', effectiveOn: '2020-09-28', source: { title: 'Fault test' }, data: { about } }),
});

export interface Sent {
  status: number;
  type: string;
  replayed: string | null;
}

/** Sends it once; throws where there was no answer. */
export const send = async ({ base }: Service, wanted: Wanted, signal?: AbortSignal): Promise<Sent> => {
  const response = await fetch(`${base}${wanted.path}`, {
    method: 'POST', body: wanted.body, headers: { authorization: `Bearer ${registrarKey()}`, 'content-type': 'application/json', 'idempotency-key': wanted.key }, ...(signal ? { signal } : {}),
  });
  const answer = (await response.json()) as { position: number; revision: number; events: string[] };
  const sent = { status: response.status, type: response.headers.get('content-type') ?? '', replayed: response.headers.get('idempotent-replayed') };
  if (sent.status !== 201) return sent;
  const { position, revision, events } = answer;
  if (wanted.told) expectSame(wanted.told, { position, revision, events });
  wanted.told = { position, revision, events };
  return sent;
};

const expectSame = (before: object, after: object): void => {
  if (JSON.stringify(before) !== JSON.stringify(after)) throw new Error(`Told ${JSON.stringify(before)} first and ${JSON.stringify(after)} later.`);
};

/** Clients that record one fact after another until the signal aborts. */
export const recordAllTheTime = (service: Service, clients: number, signal: AbortSignal, treaty?: string): { wanted: Wanted[]; answers: Sent[]; unanswered: Wanted[]; over: Promise<unknown> } => {
  const [wanted, answers, unanswered]: [Wanted[], Sent[], Wanted[]] = [[], [], []];
  const client = async (): Promise<void> => {
    while (!signal.aborted) {
      const one = remark(randomUUID(), treaty);
      wanted.push(one);
      await send(service, one).then((sent) => answers.push(sent), () => unanswered.push(one));
    }
  };
  return { wanted, answers, unanswered, over: Promise.all(Array.from({ length: clients }, client)) };
};
