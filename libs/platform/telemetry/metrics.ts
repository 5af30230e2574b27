import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What the service measures of itself, in Prometheus' terms. */
export class Metrics {
  readonly registry = new Registry();
  readonly http = new Histogram({
    name: 'pacta_http_request_seconds', help: 'Time to answer a request, by route', labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5], registers: [this.registry],
  });
  readonly append = new Histogram({
    name: 'pacta_append_seconds', help: 'Time of one transaction of appends to the event log',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1], registers: [this.registry],
  });
  readonly lag = new Gauge({ name: 'pacta_read_models_lag_events', help: 'Events of the log that the read models have not taken in', registers: [this.registry] });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }
}
