import { Controller, Get, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Contact, Notices } from '#notices';
import { Problem } from '#platform';
import type { States } from '#record';
import { NOTICES, STATES } from '../../ground/index.js';
import { Allow } from '../access/permission.decorator.js';
import { page } from './page.js';

const HTML = { description: 'A small page.', content: { 'text/html': {} } };

/** Where the links of letters lead: for whoever has the letter, without a key. To look (GET) never changes anything; link scanners click. */
@ApiTags('Links in letters')
@ApiParam({ name: 'token', type: String })
@Controller()
@Allow('none')
export class LinksController {
  constructor(
    @Inject(NOTICES) private readonly notices: Notices,
    @Inject(STATES) private readonly states: States,
  ) {}

  @Get('u/:token')
  @ApiOperation({ summary: 'A page that asks whether letters are to stop; changes nothing' })
  @ApiOkResponse(HTML)
  async askToStop(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    const contact = await this.contactOf(token);
    await page(reply, { title: 'Stop these reminders', text: `Reminders ${this.about(contact)} come to this address. If you stop them, they go to the next contact that is on record, and the registrar will see it.`, button: 'Stop sending me reminders' });
  }

  @Post('u/:token')
  @HttpCode(200)
  @ApiOperation({ summary: 'No more letters to this contact: one click (RFC 8058), whatever the body says' })
  @ApiOkResponse(HTML)
  async stop(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    const contact = await this.contactOf(token);
    if (contact.unsubscribedOn === null) await this.notices.contacts.unsubscribe(contact.id);
    await page(reply, { title: 'Stopped', text: `No more reminders ${this.about(contact)} will come to this address. If that was a mistake, ask the registrar to add you again.` });
  }

  @Get('c/:token')
  @ApiOperation({ summary: 'A page that asks whether this is still the right contact; changes nothing' })
  @ApiOkResponse(HTML)
  async askToConfirm(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    const contact = await this.contactOf(token);
    await page(reply, { title: 'Still the right contact?', text: `Reminders ${this.about(contact)} come to this address. Please confirm once a year that this is right.`, button: 'Yes, this is still right' });
  }

  @Post('c/:token')
  @HttpCode(200)
  @ApiOperation({ summary: 'This is still the right contact: the yearly confirmation' })
  @ApiOkResponse(HTML)
  async confirm(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    const contact = await this.contactOf(token);
    await this.notices.contacts.confirm(contact.id);
    await page(reply, { title: 'Thank you', text: `Noted: this is still the right address for reminders ${this.about(contact)}.` });
  }

  private async contactOf(token: string): Promise<Contact> {
    const id = this.notices.tokens.read(token);
    if (id === 'registrar') throw new Problem(409, 'registrars-own-mailbox', 'This letter went to the registrar’s own mailbox, which is a setting of the service (REGISTRAR_MAILBOX).');
    const contact = id === null ? null : await this.notices.contacts.find(id);
    if (!contact || contact.erasedOn !== null) throw new Problem(404, 'unknown-link', 'This link belongs to no contact, or no longer. Take it whole from the letter.');
    return contact;
  }

  /** Neither name nor address: whoever was forwarded the letter sees this page as well. */
  private about({ iso3, role }: Contact): string {
    return `to the ${role.replaceAll('-', ' ')} of ${this.states.get(iso3)?.name ?? iso3}`;
  }
}
