import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/**
 * What the service measures of itself, in Prometheus' terms. Histograms and counters are of this process: add them up
 * over all. Gauges look at what all processes share: take the greatest.
 */
export class Metrics {
  readonly registry = new Registry();
  private readonly registers = [this.registry];

  readonly http = new Histogram({ name: 'pacta_http_request_seconds', help: 'Time to answer a request, by route', labelNames: ['method', 'route', 'status'], buckets: SECONDS, registers: this.registers });
  readonly append = new Histogram({ name: 'pacta_append_seconds', help: 'Time of one transaction of appends to the event log', buckets: SECONDS, registers: this.registers });
  readonly noticesRecorded = new Counter({ name: 'pacta_notices_total', help: 'Letters that came to a state and were put on record as such', labelNames: ['state'], registers: this.registers });
  readonly calls = new Counter({ name: 'pacta_webhook_attempts_total', help: 'Calls to endpoints, by what came of them: delivered, to be retried, or given up', labelNames: ['outcome'], registers: this.registers });
  readonly callSeconds = new Histogram({ name: 'pacta_webhook_attempt_seconds', help: 'Time of one call to an endpoint', buckets: [...SECONDS, 5, 10, 15], registers: this.registers });

  readonly lagEvents = new Gauge({ name: 'pacta_follower_lag_events', help: 'Events of the log that a follower has not taken in', labelNames: ['follower'], registers: this.registers });
  readonly lagSeconds = new Gauge({ name: 'pacta_follower_lag_seconds', help: 'Age of the oldest event that a follower has not taken in; 0 where there is none', labelNames: ['follower'], registers: this.registers });
  readonly owns = new Gauge({ name: 'pacta_lease_held', help: '1 where this process is the one that follows or does the rounds', labelNames: ['lease'], registers: this.registers });
  readonly streams = new Gauge({ name: 'pacta_event_streams', help: 'Streams of events that are open in this process; unlike the others, add them up', registers: this.registers });
  readonly notices = new Gauge({ name: 'pacta_notices', help: 'Letters that have not come to rest, or rest for a person to look at, by state', labelNames: ['state'], registers: this.registers });
  readonly deliveries = new Gauge({ name: 'pacta_webhook_deliveries', help: 'Webhook deliveries that are due now, or wait for their next try', labelNames: ['state'], registers: this.registers });
  readonly endpoints = new Gauge({ name: 'pacta_webhook_endpoints', help: 'Webhook endpoints, by status', labelNames: ['status'], registers: this.registers });
  readonly jobs = new Gauge({ name: 'pacta_queue_jobs', help: 'Wake-ups in the queues, by state', labelNames: ['queue', 'state'], registers: this.registers });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }
}
