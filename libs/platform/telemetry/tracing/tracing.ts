import { type Attributes, type Context, context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';
import { type RemoteParent, spanIdOf, traceIdOf } from './correlation.js';

/** The ids that the next span is to have, as far as they are given; others are made up. */
export interface WantedIds {
  trace?: string | null;
  span?: string | null;
}

let wanted: WantedIds = {};
let on = false;

/** Told once, where traces are collected. */
export const tracingIsOn = (): void => void (on = true);

/** Whether traces are collected; where not, nothing below does anything. */
export const isTracing = (): boolean => on;

/** Takes what is wanted, once. */
export const takeWanted = (): WantedIds => {
  const taken = wanted;
  wanted = {};
  return taken;
};

const start = (name: string, ids: WantedIds, kind: SpanKind, attributes: Attributes, parent: Context, startTime?: number): Span => {
  wanted = ids;
  try {
    return trace.getTracer('pacta').startSpan(name, { kind, attributes, ...(startTime === undefined ? {} : { startTime }) }, parent);
  } finally {
    wanted = {};
  }
};

/** A request that came in: the trace has the number of its correlation id. */
export const startRequest = (correlation: string, method: string, parent: RemoteParent | null): { span: Span; within: Context } => {
  const remote = parent ? trace.setSpanContext(ROOT_CONTEXT, { traceId: parent.traceId, spanId: parent.spanId, traceFlags: parent.sampled ? TraceFlags.SAMPLED : TraceFlags.NONE, isRemote: true }) : ROOT_CONTEXT;
  const span = start(method, { trace: traceIdOf(correlation) }, SpanKind.SERVER, { 'http.request.method': method }, remote);
  return { span, within: trace.setSpan(ROOT_CONTEXT, span) };
};

export interface InSpan {
  /** Of the trace, where there is none yet. */
  correlation?: unknown;
  /** An event that this is the appending of. */
  event?: string;
  attributes?: Attributes;
}

/** Runs work as a step of the trace that it is part of, or of a trace of its own. */
export const inSpan = <Result>(name: string, { correlation, event, attributes = {} }: InSpan, work: () => Promise<Result>): Promise<Result> => {
  if (!on) return work();
  const within = context.active();
  const span = start(name, { trace: traceIdOf(correlation), span: event === undefined ? null : spanIdOf(event) }, SpanKind.INTERNAL, attributes, within);
  return context.with(trace.setSpan(within, span), work).then(
    (result) => {
      span.end();
      return result;
    },
    (error: unknown) => {
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'error' });
      span.end();
      throw error;
    },
  );
};

/** What is known of an event to whoever follows the log. */
export interface Traced {
  id: string;
  metadata: Readonly<Record<string, unknown>>;
}

/** A step that was taken because of an event, after the fact; times in epoch milliseconds. It stands under the append of that event. */
export const tellStep = (name: string, { id, metadata }: Traced, { from, to, failed = false, attributes = {} }: { from: number; to: number; failed?: boolean; attributes?: Attributes }): void => {
  const [traceId, spanId] = [traceIdOf(metadata['correlation']), spanIdOf(id)];
  // History is loaded by the thousand, and nobody waits for it.
  if (!on || !traceId || !spanId || metadata['history'] === true) return;
  const parent = trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true });
  const span = start(name, {}, SpanKind.CONSUMER, attributes, parent, from);
  if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end(to);
};
