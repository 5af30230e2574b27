import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { takeWanted, tracingIsOn } from './tracing.js';

/** Milliseconds for what is not sent yet when the process ends; a collector that is away is not waited for. */
const LAST_WORDS_MS = 2_000;

/**
 * Collects traces and sends them by OTLP to where OTEL_EXPORTER_OTLP_ENDPOINT says; its sisters (OTEL_EXPORTER_OTLP_HEADERS,
 * OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES) hold too. Loaded here, so that whoever does not trace does not load it.
 */
export const startTracing = async (app: string): Promise<() => Promise<void>> => {
  const [{ context, trace }, { BatchSpanProcessor, RandomIdGenerator, TracerProvider }, { AsyncLocalStorageContextManager }, { detectResources, defaultResource, envDetector, resourceFromAttributes }, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/api'), import('@opentelemetry/sdk-trace'), import('@opentelemetry/context-async-hooks'), import('@opentelemetry/resources'), import('@opentelemetry/exporter-trace-otlp-http'),
  ]);
  const random = new RandomIdGenerator();
  // Spans are started in one step, trace id after span id; what was wanted holds for both.
  let ids = takeWanted();
  const idGenerator = {
    generateSpanId: () => (ids = takeWanted()).span ?? random.generateSpanId(),
    generateTraceId: () => ids.trace ?? random.generateTraceId(),
  };
  const ours = resourceFromAttributes({ 'service.name': 'pacta', 'pacta.process': app, 'service.instance.id': `${hostname()}-${process.pid}` });
  const provider = new TracerProvider({ idGenerator, resource: defaultResource().merge(ours).merge(detectResources({ detectors: [envDetector] })), spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })] });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  tracingIsOn();
  return async () => {
    await Promise.race([provider.shutdown().catch(() => undefined), sleep(LAST_WORDS_MS, undefined, { ref: false })]);
  };
};
