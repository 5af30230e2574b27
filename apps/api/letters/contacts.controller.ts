import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { BadContactList, contactsFromCsv, contactsToCsv, type NewContact, type Notices, type TakenIn } from '#notices';
import { CLOCK, type Clock, Problem, todayOf } from '#platform';
import type { States } from '#record';
import { NOTICES, STATES } from '../../ground/index.js';
import { StatePipe } from '../http/params.js';
import { CommandQuery } from '../http/queries.js';
import { ContactBody, ContactChange } from './contact.body.js';
import { type ContactView, viewOf } from './contact-view.js';
import { CONTACT_EXAMPLE, CONTACTS_EXAMPLE, IMPORT_EXAMPLE } from './examples.js';
import { ForKeys } from './for-keys.decorator.js';
import { IdPipe } from './id.pipe.js';
import { LANGUAGES } from './tokens.js';

@ApiTags('Contacts')
@Controller('v1')
@ForKeys('correspond')
export class ContactsController {
  constructor(
    @Inject(NOTICES) private readonly notices: Notices,
    @Inject(STATES) private readonly states: States,
    @Inject(LANGUAGES) private readonly languages: ReadonlyMap<string, string>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(StatePipe) private readonly known: StatePipe,
  ) {}

  @Get('contacts')
  @ApiOperation({ summary: 'Everybody who is written to, by State and role' })
  @ApiOkResponse({ example: CONTACTS_EXAMPLE })
  async list(): Promise<{ items: ContactView[] }> {
    const today = todayOf(this.clock);
    return { items: (await this.notices.contacts.list()).map((one) => viewOf(one, today)) };
  }

  @Post('contacts')
  @ApiOperation({ summary: 'Add a contact' })
  @ApiCreatedResponse({ example: { ...CONTACT_EXAMPLE, role: 'deputy', email: 'deputy@example.org' } })
  async add(@Body() { role, iso3, name, office, email, language, timeZone }: ContactBody): Promise<ContactView> {
    const contact: NewContact = { role, iso3: this.known.transform(iso3), name: name ?? null, office: office ?? null, email, language: language ?? this.languages.get(iso3) ?? 'en', timeZone: timeZone ?? 'UTC' };
    return viewOf(await this.notices.contacts.add(contact), todayOf(this.clock));
  }

  @Get('contacts.csv')
  @ApiOperation({ summary: 'The contact list as a table, in the form that an import takes' })
  @ApiOkResponse({ content: { 'text/csv': {} } })
  async table(@Res() reply: FastifyReply): Promise<void> {
    const csv = contactsToCsv(await this.notices.contacts.list());
    await reply.header('content-type', 'text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="contacts.csv"').header('cache-control', 'no-store').send(csv);
  }

  @Post('contacts/import')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Take in a table of contacts: all of it, or nothing where one line is wrong',
    description: 'The columns are role, iso3 and email, and if you like name, office, language and timeZone. Who is on the list already (the same State, role and address) is changed, not added again.',
  })
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string', example: 'role,iso3,name,email,language,timeZone\nfocal-point,GNB,Maria Exemplo,focal.point@example.org,fr,Africa/Bissau\n' } })
  @ApiOkResponse({ example: IMPORT_EXAMPLE })
  async takeIn(@Body() csv: unknown, @Query() { dryRun = false }: CommandQuery): Promise<TakenIn & { dryRun: boolean }> {
    if (typeof csv !== 'string') throw new Problem(415, 'media-type-not-supported', 'Send the table as "Content-Type: text/csv".');
    try {
      return { dryRun, ...(await this.notices.contacts.takeIn(contactsFromCsv(csv, (iso3) => this.states.has(iso3), this.languages), { dryRun })) };
    } catch (error) {
      throw error instanceof BadContactList ? new Problem(400, 'bad-contact-list', `${error.message} Nothing was taken in.`) : error;
    }
  }

  @Get('contacts/:id')
  @ApiOperation({ summary: 'One contact; of an erased one, that there was one' })
  @ApiOkResponse({ example: CONTACT_EXAMPLE })
  async one(@Param('id', IdPipe) id: string): Promise<ContactView> {
    return viewOf((await this.notices.contacts.find(id)) ?? unknown(), todayOf(this.clock));
  }

  @Patch('contacts/:id')
  @ApiOperation({ summary: 'Change a contact; a new address makes it reachable again' })
  @ApiOkResponse({ example: CONTACT_EXAMPLE })
  async change(@Param('id', IdPipe) id: string, @Body() { name, office, email, language, timeZone }: ContactChange): Promise<ContactView> {
    return viewOf((await this.notices.contacts.change(id, { name, office, email: email ?? undefined, language: language ?? undefined, timeZone: timeZone ?? undefined })) ?? unknown(), todayOf(this.clock));
  }

  @Delete('contacts/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Erase a person: name, address and the letters themselves; ids and hashes stay on record' })
  @ApiNoContentResponse()
  async erase(@Param('id', IdPipe) id: string): Promise<void> {
    if (!(await this.notices.erasure.erase(id))) unknown();
  }
}

const unknown = (): never => {
  throw new Problem(404, 'unknown-contact', 'There is no such contact, or no longer. GET /v1/contacts lists those there are.');
};
