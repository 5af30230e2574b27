import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { LOGGER, Problem, problemDocument } from '#platform';
import { Refusal } from '#treaty';
import { AppendConflict, AppendRefused, LogOutOfReach } from '#event-log';

/** The one place that knows how a "no" becomes HTTP. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const problem = problemFrom(error, request);
    // That the service is not ready, or a database away, is no news: the checks and metrics say so.
    if (problem.status >= 500) this.logger[problem.status === 503 ? 'info' : 'error']({ err: error, correlation: request.id, route: request.routeOptions?.url }, problem.code);
    sendProblem(http.getResponse<FastifyReply>(), problem, request.id);
  }
}

export const sendProblem = (reply: FastifyReply, problem: Problem, correlation: string): void => {
  if (problem.status === 401 && !reply.hasHeader('www-authenticate')) void reply.header('www-authenticate', 'Bearer realm="pacta"');
  if (problem.status === 503) void reply.header('retry-after', '1');
  void reply.status(problem.status).header('content-type', 'application/problem+json; charset=utf-8').send(JSON.stringify({ ...problemDocument(problem), correlation }));
};

const problemFrom = (error: unknown, request: Pick<FastifyRequest, 'method' | 'url'>): Problem => {
  if (error instanceof Problem) return error;
  if (error instanceof Refusal) return new Problem(error.code === 'unknown-fact' ? 404 : 422, error.code, error.message, error.article ? { article: error.article } : {});
  if (error instanceof AppendRefused) return new Problem(400, 'not-storable', error.message);
  if (error instanceof AppendConflict) return new Problem(409, 'recorded-meanwhile', 'Others are recording facts here at this very moment, and nothing of this was recorded. Send it again.');
  if (error instanceof HttpException) return fromHttp(error, request);
  const { statusCode, code } = error as { statusCode?: number; code?: string };
  if (statusCode !== undefined && statusCode < 500) return fromFastify(statusCode, code, (error as Error).message);
  if (error instanceof LogOutOfReach || isOutOfReach(error)) return new Problem(503, 'database-out-of-reach', 'The database does not answer at the moment. Nothing is lost; ask again shortly.');
  return new Problem(500, 'internal-error', 'Something went wrong on our side. It has been noted; the correlation id helps to find it.');
};

const fromHttp = (error: HttpException, { method, url }: Pick<FastifyRequest, 'method' | 'url'>): Problem => {
  const status = error.getStatus();
  // Fastify's own errors arrive wrapped; what they were is in their status and text.
  if (status === 413) return fromFastify(status, 'FST_ERR_CTP_BODY_TOO_LARGE', error.message);
  if (status === 415) return fromFastify(status, 'FST_ERR_CTP_INVALID_MEDIA_TYPE', error.message);
  if (status === 400 && /^Body .*JSON|^Body cannot be empty/.test(error.message)) return fromFastify(status, 'FST_ERR_CTP_INVALID_JSON_BODY', error.message);
  if (status === 404) return new Problem(404, 'no-such-page', `There is nothing at ${method} ${url.split('?')[0]}. /docs lists what there is.`);
  return status < 500 ? new Problem(status, 'bad-request', error.message) : new Problem(status, 'internal-error', 'Something went wrong on our side.');
};

const fromFastify = (status: number, code: string | undefined, message: string): Problem => {
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new Problem(413, 'body-too-large', 'The body is larger than 256 kB.');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new Problem(415, 'media-type-not-supported', 'Send JSON, with "Content-Type: application/json".');
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return new Problem(400, 'malformed-json', 'The body is not valid JSON, or has a member called __proto__.');
    default:
      return new Problem(status, status === 429 ? 'too-many-requests' : 'bad-request', status === 429 ? message : `The request is not understood: ${message}`);
  }
};

/** Connection refused, reset, timed out, or a server that is starting or shutting down. */
const isOutOfReach = (error: unknown): boolean => {
  const { code, message } = error as { code?: string; message?: string };
  return /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|57P0|08|53300)/.test(code ?? '') || /terminated|timeout exceeded when trying to connect|Connection ended/.test(message ?? '');
};
