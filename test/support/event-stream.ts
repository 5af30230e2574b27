import type { Service } from './service.js';

interface StreamedEvent {
  id: number;
  event: { id: string; type: string; subject?: string; data: { position: number } };
}

export interface EventStream {
  status: number;
  headers: Headers;
  /** What has come so far. */
  readonly events: StreamedEvent[];
  /** Ids that stood without an event. */
  readonly bare: number[];
  /** Resolves when so many have come. */
  until(count: number): Promise<void>;
  /** Resolves when the service has ended it; rejects where the connection broke. */
  over: Promise<void>;
  leave(): void;
}

/** Reads server-sent events as the standard says, until it leaves or is left. */
export const openEventStream = async ({ base }: Service, query: string, headers: Record<string, string> = {}): Promise<EventStream> => {
  const leaving = new AbortController();
  const response = await fetch(`${base}/v1/events/stream${query}`, { headers, signal: leaving.signal });
  const [events, bare]: [StreamedEvent[], number[]] = [[], []];
  const take = (block: string): void => {
    const field = (name: string): string | undefined => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
    const [id, data] = [field('id'), field('data')];
    if (data !== undefined) events.push({ id: Number(id), event: JSON.parse(data) as StreamedEvent['event'] });
    else if (id !== undefined) bare.push(Number(id));
  };
  const over = (async () => {
    let text = '';
    for await (const chunk of response.body ?? []) {
      const blocks = (text + Buffer.from(chunk).toString()).split('\n\n');
      text = blocks.pop() ?? '';
      blocks.forEach(take);
    }
  })().catch((error: unknown) => {
    if (!leaving.signal.aborted) throw error;
  });
  return {
    status: response.status, headers: response.headers, events, bare, over, leave: () => leaving.abort(),
    until: async (count) => {
      for (const end = performance.now() + 10_000; events.length < count; await new Promise((resolve) => setTimeout(resolve, 5))) if (performance.now() > end) throw new Error(`Only ${events.length} of ${count} events came.`);
    },
  };
};
