import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { isTracing, type Metrics, tellStep } from '#platform';
import { SERVING } from '#read-models';
import type { OnCalled } from '#webhooks';

interface EventOfTrace {
  id: string;
  metadata: Record<string, unknown>;
}

/** With many endpoints, many calls are about one event. */
const MOST_KEPT = 500;
/** Milliseconds: a delivery may be faster than the read models. */
const LOOKS = [0, 250, 1_000, 4_000];

/** Counts the calls to endpoints, and tells each as a step of the trace of its event. */
export const watchedCalls = (pool: Pool, { calls, callSeconds }: Metrics): OnCalled => {
  const events = new Map<number, Promise<EventOfTrace | null>>();
  const eventAt = (position: number): Promise<EventOfTrace | null> => {
    const known = events.get(position);
    if (known) return known;
    if (events.size >= MOST_KEPT) events.clear();
    const asked = look(pool, position).catch(() => null);
    events.set(position, asked);
    return asked;
  };
  return ({ status, seconds, position, endpoint }) => {
    calls.inc({ outcome: status === 'pending' ? 'retried' : status });
    callSeconds.observe(seconds);
    if (!isTracing()) return;
    const to = Date.now();
    void eventAt(position).then((event) => {
      if (event) tellStep('deliver webhook', event, { from: to - seconds * 1_000, to, failed: status !== 'delivered', attributes: { 'pacta.endpoint': endpoint, 'pacta.outcome': status } });
    });
  };
};

const look = async (pool: Pool, position: number): Promise<EventOfTrace | null> => {
  let found: { id: string; metadata: Record<string, unknown> | null } | undefined;
  for (const wait of LOOKS) {
    await sleep(wait, undefined, { ref: false });
    const { rows } = await pool.query<{ id: string; metadata: Record<string, unknown> | null }>(`SELECT event.id, fact.metadata FROM webhooks.events AS event LEFT JOIN ${SERVING}.history AS fact ON fact.id = event.id WHERE event.position = $1`, [position]);
    found = rows[0];
    if (found?.metadata) return { ...found, metadata: found.metadata };
  }
  // What the calendar brings is in no State's history; its trace is its own.
  return found ? { id: found.id, metadata: { correlation: found.id } } : null;
};
