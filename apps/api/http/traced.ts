import { context, type Context, type Span, SpanStatusCode } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parentFrom, startRequest } from '#platform';

/** Each request is the first span of its trace here, and what is done for it stands under it. */
export const traceRequests = (http: FastifyInstance): void => {
  const open = new WeakMap<FastifyRequest, { span: Span; within: Context }>();
  http.addHook('onRequest', (request, _reply, done) => {
    open.set(request, startRequest(request.id, request.method, parentFrom(request.headers.traceparent)));
    done();
  });
  // Here and not before: the body is read in between, which the context does not outlive.
  http.addHook('preValidation', (request, _reply, done) => {
    const traced = open.get(request);
    if (traced) context.with(traced.within, done);
    else done();
  });
  http.addHook('onResponse', (request, reply, done) => {
    const span = open.get(request)?.span;
    const route = request.routeOptions.url ?? 'none';
    span?.updateName(`${request.method} ${route}`).setAttributes({ 'http.route': route, 'http.response.status_code': reply.statusCode });
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    done();
  });
};
