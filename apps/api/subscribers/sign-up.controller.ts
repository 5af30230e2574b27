import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem, Settings } from '#platform';
import type { Webhooks } from '#webhooks';
import { SubscriberKeys, WEBHOOKS } from '../../ground/index.js';
import { Allow } from '../access/permission.decorator.js';
import { IsAddress } from '../letters/contact.body.js';
import { page } from '../letters/page.js';
import { CallerLimit } from './caller-limit.js';
import { ASKED_EXAMPLE, CONFIRMED_EXAMPLE } from './examples.js';
import { SignUpLetters } from './sign-up-letters.js';

class SignUpBody {
  @ApiProperty({ description: 'Where the link to the key goes, and later a letter where an endpoint of yours had to be disabled. It is written down nowhere else, and erased with you.', example: 'reader@example.org' })
  @IsAddress()
  email!: string;
}

const ANSWER = { message: 'If this address can be written to, a letter with a link is on its way. The link is good for 24 hours.' };

/** How somebody gets a key for webhooks without asking a person: an address, a letter, a button. To look (GET) never changes anything; link scanners click. */
@ApiTags('Webhooks')
@Controller()
@Allow('none')
export class SignUpController {
  constructor(
    @Inject(WEBHOOKS) private readonly webhooks: Webhooks,
    @Inject(SubscriberKeys) private readonly subscriberKeys: SubscriberKeys,
    @Inject(SignUpLetters) private readonly letters: SignUpLetters,
    @Inject(CallerLimit) private readonly limit: CallerLimit,
    @Inject(Settings) private readonly settings: Settings,
  ) {}

  @Post('v1/subscribers')
  @HttpCode(202)
  @ApiOperation({ summary: 'Ask for a key for webhooks: a link to it goes to your address', description: 'The answer is the same whether the address is known or not. Three letters a day to one address; a caller may ask twenty times an hour. An operator may switch this off (403); then ask the Implementation Support Unit for a key.' })
  @ApiAcceptedResponse({ example: ASKED_EXAMPLE })
  async ask(@Body() { email }: SignUpBody, @Req() { ip }: FastifyRequest): Promise<typeof ANSWER> {
    this.refuseIfOff();
    if (!this.limit.admits(ip)) throw new Problem(429, 'too-many-sign-ups', 'You have asked for keys often within this hour. Try again later.');
    const token = await this.webhooks.subscribers.ask(email);
    if (token !== null) this.letters.send(email, token);
    return ANSWER;
  }

  @Get('s/:token')
  @ApiOperation({ summary: 'A page that asks whether you want the key; changes nothing' })
  @ApiParam({ name: 'token', type: String })
  @ApiOkResponse({ description: 'A small page.', content: { 'text/html': {} } })
  async look(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    this.refuseIfOff();
    if ((await this.webhooks.subscribers.invited(token)) === null) throw unknownLink();
    await page(reply, { title: 'Your key for webhooks', text: 'With the button you confirm your address and get a key. It is shown once: have a safe place for it at hand.', button: 'Show me the key' });
  }

  @Post('s/:token')
  @HttpCode(200)
  @ApiOperation({ summary: 'Confirm the address and get the key, which is shown once', description: 'A page; JSON for whoever says `Accept: application/json`. A further key of the same address sees the same endpoints.' })
  @ApiParam({ name: 'token', type: String })
  @ApiOkResponse({ content: { 'text/html': {}, 'application/json': { example: CONFIRMED_EXAMPLE } } })
  async confirm(@Param('token') token: string, @Headers('accept') accept: string | undefined, @Res() reply: FastifyReply): Promise<void> {
    this.refuseIfOff();
    const email = await this.webhooks.subscribers.confirm(token);
    if (email === null) throw unknownLink();
    const given = await this.subscriberKeys.give(email);
    if (accept?.includes('application/json') === true) return void (await reply.header('cache-control', 'no-store').send(given));
    await page(reply, { title: 'Your key for webhooks', text: 'Keep it well: it is shown only now. Send it as "Authorization: Bearer KEY"; POST /v1/webhooks makes your first endpoint.', code: given.key });
  }

  private refuseIfOff(): void {
    if (!this.settings.SUBSCRIBERS_SELF_SERVICE) throw new Problem(403, 'self-service-off', 'Keys are given out by hand here. Ask the Implementation Support Unit for one.');
  }
}

const unknownLink = (): Problem => new Problem(404, 'unknown-link', 'This link is not valid, or no longer: it is good for 24 hours, and once. Take it whole from the letter, or ask for another.');
