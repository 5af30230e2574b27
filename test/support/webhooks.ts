import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, get, post } from './http.js';
import type { ProblemDocument } from './problem.js';
import { bearer, type Key } from './keys.js';
import type { Service } from './service.js';

export const DEPOSITED = 'treaty.instrument.deposited';
export const REMARK = 'remark.made';

export interface EndpointView {
  id: string;
  owner: string;
  url: string;
  status: string;
  reason: string | null;
  secret: string;
  publicKey: string;
  publicKeys: string[];
  previousSecretUntil: string | null;
}

export interface Delivery {
  id: string;
  eventId: string;
  type: string;
  status: string;
  nextAttemptAt?: string;
  attempts: { at: string; status: number | null; durationMs: number; response: string }[];
}

/** What one holder of a key does with endpoints. */
export class Subscriber {
  constructor(
    private readonly service: () => Service,
    readonly key: Pick<Key, 'key'>,
  ) {}

  get<Body>(path: string): Promise<Answer<Body & ProblemDocument>> {
    return get(this.service(), path, bearer(this.key));
  }

  post<Body>(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Answer<Body & ProblemDocument>> {
    return post(this.service(), path, body, { ...bearer(this.key), ...headers });
  }

  async delete(path: string): Promise<number> {
    return (await fetch(`${this.service().base}${path}`, { method: 'DELETE', headers: bearer(this.key) })).status;
  }

  create(url: string, asked: object = {}, headers: Record<string, string> = {}): Promise<Answer<EndpointView & ProblemDocument>> {
    return this.post('/v1/webhooks', { url, types: [DEPOSITED], ...asked }, headers);
  }

  /** An endpoint that has met its challenge. */
  async active(url: string, asked: object = {}): Promise<EndpointView> {
    const { body } = await this.create(url, asked);
    await until(async () => (await this.one(body.id)).status === 'active');
    return body;
  }

  async one(id: string): Promise<EndpointView> {
    return (await this.get<EndpointView>(`/v1/webhooks/${id}`)).body;
  }

  async log(id: string, query = ''): Promise<Delivery[]> {
    return (await this.get<{ items: Delivery[] }>(`/v1/webhooks/${id}/deliveries${query}`)).body.items;
  }

  /** Events of the log that were sent to it. */
  async events(id: string): Promise<Delivery[]> {
    return (await this.log(id, '?limit=200')).filter(({ type }) => !type.startsWith('webhook.'));
  }
}

export const until = async (what: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await what())) await sleep(10);
};
