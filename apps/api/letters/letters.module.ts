import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '#platform';
import { readLanguages } from '#record';
import { dataFolder } from '../../ground/index.js';
import { StatePipe } from '../http/params.js';
import { CalendarController } from './calendar.controller.js';
import { ContactsController } from './contacts.controller.js';
import { CorrespondenceController } from './correspondence.controller.js';
import { ForecastController } from './forecast.controller.js';
import { LinksController } from './links.controller.js';
import { LANGUAGES } from './tokens.js';

/** Whom letters go to, what becomes of them, and where their links lead. */
@Module({
  controllers: [ForecastController, ContactsController, CorrespondenceController, LinksController, CalendarController],
  providers: [StatePipe, { provide: LANGUAGES, useFactory: () => readLanguages(dataFolder('ccm')) }],
})
export class LettersModule implements OnModuleInit {
  constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost) {}

  /** Two kinds of routes take bodies that are no JSON; everywhere else they are refused as before. */
  onModuleInit(): void {
    const http = this.host.httpAdapter.getInstance<FastifyInstance>();
    http.addContentTypeParser('text/csv', { parseAs: 'string' }, (request, body, done) => (routeOf(request) === '/v1/contacts/import' ? done(null, body) : done(refusal())));
    // Whatever a mail program posts to stop letters means that.
    http.addContentTypeParser('*', { parseAs: 'buffer' }, (request, _body, done) => (/^\/[uc]\/:token$/.test(routeOf(request)) ? done(null, undefined) : done(refusal())));
  }
}

const routeOf = (request: FastifyRequest): string => request.routeOptions.url ?? '';

const refusal = (): Problem => new Problem(415, 'media-type-not-supported', 'Send JSON, with "Content-Type: application/json".');
