import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '#platform';
import { readLanguages } from '#record';
import { dataFolder } from '../../ground/index.js';
import { StatePipe, TreatyPipe } from '../http/params.js';
import { BouncesController } from './bounces.controller.js';
import { CalendarController } from './calendar.controller.js';
import { ContactsController } from './contacts.controller.js';
import { CorrespondenceController } from './correspondence.controller.js';
import { ForecastController } from './forecast.controller.js';
import { HoldsController } from './holds.controller.js';
import { LinksController } from './links.controller.js';
import { MailboxController } from './mailbox/mailbox.controller.js';
import { MailboxPagesController } from './mailbox/mailbox-pages.controller.js';
import { MailboxShelf } from './mailbox/mailbox-shelf.js';
import { RunsController } from './runs.controller.js';
import { SettlingController } from './settling.controller.js';
import { TasksController } from './tasks.controller.js';
import { TemplatesController } from './templates.controller.js';
import { LANGUAGES } from './tokens.js';

/** Whom letters go to, what becomes of them, and where their links lead. */
@Module({
  controllers: [ForecastController, ContactsController, CorrespondenceController, LinksController, CalendarController, BouncesController, TemplatesController, HoldsController, RunsController, SettlingController, TasksController, MailboxController, MailboxPagesController],
  providers: [StatePipe, TreatyPipe, MailboxShelf, { provide: LANGUAGES, useFactory: () => readLanguages(dataFolder('ccm')) }],
})
export class LettersModule implements OnModuleInit {
  constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost) {}

  /** Three kinds of routes take bodies that are no JSON; everywhere else they are refused as before. */
  onModuleInit(): void {
    const http = this.host.httpAdapter.getInstance<FastifyInstance>();
    http.addContentTypeParser('text/csv', { parseAs: 'string' }, (request, body, done) => (routeOf(request) === '/v1/contacts/import' ? done(null, body) : done(refusal())));
    // As bytes: a mail may hold any, and in any coding.
    http.addContentTypeParser('message/rfc822', { parseAs: 'buffer' }, (request, body, done) => (routeOf(request) === '/v1/mail/bounces' ? done(null, body) : done(refusal())));
    // Whatever a mail program posts to stop letters means that; and the button of a page says no more than that it was pressed.
    http.addContentTypeParser('*', { parseAs: 'buffer' }, (request, _body, done) => (/^\/[ucs]\/:token$/.test(routeOf(request)) ? done(null, undefined) : done(refusal())));
  }
}

const routeOf = (request: FastifyRequest): string => request.routeOptions.url ?? '';

const refusal = (): Problem => new Problem(415, 'media-type-not-supported', 'Send JSON, with "Content-Type: application/json".');
