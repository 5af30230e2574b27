import type { IncomingMessage } from 'node:http';
import compress from '@fastify/compress';
import cors from '@fastify/cors';
import rateLimit from '@fastify/rate-limit';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { v7 } from 'uuid';
import { correlationOf, isTracing, LOGGER, type Metrics, parentFrom, Problem, type Settings } from '#platform';
import type { Logger } from 'pino';
import { Admission } from './access/admission.js';
import { ApiModule } from './api.module.js';
import { sendProblem } from './errors/problem.filter.js';
import { refuseUnstorable } from './http/storable.js';
import { refuseExpectations, refuseUnreadable } from './http/unreadable.js';
import { describeApi } from './openapi.js';
import { LazyQueues, METRICS } from '../ground/index.js';
import { NestLogger } from './http/nest-logger.js';
import { traceRequests } from './http/traced.js';
import { serveQueueBoard } from './queues/queue-board.js';

const BODY_LIMIT = 256 * 1024;
/** What the API sends is text; JSON Lines are on nobody else's list. What goes out piece by piece would be kept back. */
const COMPRESSED = /^text\/(?!event-stream)|\b(jsonl?|javascript|xml|yaml)\b/;

/** The API on its ground, ready to listen. */
export const createApi = async (ground: DynamicModule, logger: Logger, settings: Settings): Promise<NestFastifyApplication> => {
  const adapter = new FastifyAdapter({
    trustProxy: settings.TRUST_PROXY ?? false, bodyLimit: BODY_LIMIT, genReqId: ({ headers }: IncomingMessage) => correlationFrom(headers['traceparent']), routerOptions: { maxParamLength: 200 }, forceCloseConnections: 'idle', frameworkErrors: onFrameworkError,
    clientErrorHandler: refuseUnreadable, http: { requireHostHeader: false },
    // Shutting down is no reason to answer otherwise than with a problem document.
    return503OnClosing: false,
  });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.on(ground), adapter, { logger: new NestLogger(logger), abortOnError: false, bufferLogs: false, bodyParser: false });
  const metrics = app.get<Metrics>(METRICS);
  const http = app.getHttpAdapter().getInstance();
  // Fastify's own parser of JSON is all that is needed; forms and plain text are no commands.
  http.removeContentTypeParser('text/plain');
  refuseExpectations(http.server);

  if (isTracing()) traceRequests(http);
  http.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-correlation-id', request.id).header('x-content-type-options', 'nosniff');
    if (request.raw.httpVersion === '1.1' && request.raw.headers.host === undefined) return done(new Problem(400, 'host-missing', 'A request in HTTP/1.1 names its host.'));
    done();
  });
  http.addHook('preValidation', (request, _reply, done) => {
    try {
      refuseUnstorable([request.query, request.params, request.body]);
      done();
    } catch (error) {
      done(error as Error);
    }
  });
  http.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    metrics.http.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1_000);
    app.get<Logger>(LOGGER).info({ method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime), correlation: request.id }, 'request');
    done();
  });

  if (settings.RATE_LIMIT > 0) {
    await app.register(rateLimit, {
      max: settings.RATE_LIMIT, timeWindow: '1 minute', allowList: (request) => request.url.startsWith('/health/'),
      errorResponseBuilder: (_request, { after }) => new Problem(429, 'too-many-requests', `More than ${settings.RATE_LIMIT} requests a minute. Ask again in ${after}.`),
    });
  }
  await app.register(compress, { threshold: 1_024, encodings: ['gzip', 'deflate'], customTypes: COMPRESSED });
  const origins = (settings.CORS_ORIGINS ?? '').split(',').map((origin) => origin.trim()).filter(Boolean);
  if (origins.length > 0) await app.register(cors, { origin: origins, exposedHeaders: ['etag', 'last-modified', 'x-correlation-id', 'idempotent-replayed'] });
  await serveQueueBoard(http, { admission: app.get(Admission), queues: app.get(LazyQueues), logger });
  SwaggerModule.setup('docs', app, describeApi(app), { jsonDocumentUrl: 'openapi.json', yamlDocumentUrl: 'openapi.yaml', customSiteTitle: 'Pacta API' });
  return app;
};

/** A caller that traces has a number for what it does already; it is kept. */
const correlationFrom = (traceparent: unknown): string => {
  const parent = parentFrom(traceparent);
  return parent ? correlationOf(parent) : v7();
};

/** What Fastify refuses before any route is found, such as an address that cannot be decoded. */
const onFrameworkError = (error: Error, request: FastifyRequest, reply: FastifyReply): void =>
  sendProblem(reply, new Problem(400, 'address-not-understood', `The address is not understood: ${error.message}`), request.id);

/** Answers under way get so long; whoever reads that slowly is cut off. */
const DRAIN_MS = 10_000;

/** Answers under way are given; a connection that falls idle after that would stay open for its client to use again. */
export const closeApi = async (app: NestFastifyApplication): Promise<void> => {
  const server = app.getHttpServer();
  const closing = setInterval(() => server.closeIdleConnections(), 50);
  const over = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await app.close().finally(() => {
    clearInterval(closing);
    clearTimeout(over);
  });
};
