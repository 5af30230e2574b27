import { Body, Controller, Get, HttpCode, Inject, Injectable, Param, type PipeTransform, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { FastifyReply } from 'fastify';
import type { Principal } from '#access';
import { type Notices, type SentTest, TEMPLATE_KINDS, TEMPLATE_LANGUAGES, type TemplateKind, type TemplateLanguage, TEMPLATES } from '#notices';
import { CLOCK, type Clock, instantOf, Problem } from '#platform';
import { NOTICES } from '../../ground/index.js';
import { Asker } from '../access/permission.decorator.js';
import { IsDay } from '../facts/validators.js';
import { StatePipe, TreatyPipe } from '../http/params.js';
import { IsAddress } from './contact.body.js';
import { TEMPLATES_EXAMPLE, TEST_LETTER_EXAMPLE } from './examples.js';
import { ForKeys } from './for-keys.decorator.js';

const FORMATS = ['html', 'text', 'eml'] as const;

class AskedLetter {
  @ApiProperty({ description: 'The State whose record it speaks of.', example: 'BIH' }) @Matches(/^[A-Z]{3}$/, { message: 'iso3 is a code of three capitals, such as GNB' }) iso3!: string;
  @ApiPropertyOptional({ type: String, enum: TEMPLATE_LANGUAGES, default: 'en' }) @IsOptional() @IsIn(TEMPLATE_LANGUAGES) language?: TemplateLanguage;
  @ApiPropertyOptional({ type: String, description: 'The day of the letter; today unless given.', example: '2021-04-01' }) @IsOptional() @IsDay() asAt?: string;
  @ApiPropertyOptional({ type: String, default: 'ccm', example: 'ccm' }) @IsOptional() @Matches(/^[a-z0-9-]{1,40}$/, { message: 'treaty is the id of a treaty, such as ccm' }) treaty?: string;
}

class PreviewQuery extends AskedLetter {
  @ApiPropertyOptional({ type: String, enum: FORMATS, default: 'html' }) @IsOptional() @IsIn(FORMATS) format?: (typeof FORMATS)[number];
}

class TestBody extends AskedLetter {
  @ApiProperty({ description: 'A contact’s address or the registrar’s own mailbox; for an administrator, any.', example: 'isu@pacta.example' }) @IsAddress() to!: string;
}

@Injectable()
class TemplatePipe implements PipeTransform<string, TemplateKind> {
  transform(kind: string): TemplateKind {
    const known = TEMPLATE_KINDS.find((one) => one === kind);
    if (known) return known;
    throw new Problem(404, 'unknown-template', `There is no letter of the kind "${kind.slice(0, 40)}". GET /v1/letters/templates lists those there are.`);
  }
}

const KIND = { name: 'kind', type: String, example: 'before' };

@ApiTags('Letters')
@Controller('v1/letters/templates')
export class TemplatesController {
  constructor(
    @Inject(NOTICES) private readonly notices: Notices,
    @Inject(StatePipe) private readonly states: StatePipe,
    @Inject(TreatyPipe) private readonly treaties: TreatyPipe,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ForKeys('read-letters')
  @ApiOperation({ summary: 'The kinds of letters there are' })
  @ApiOkResponse({ example: TEMPLATES_EXAMPLE })
  list(): { items: { kind: TemplateKind; to: string; about: string; languages: readonly string[] }[] } {
    return { items: TEMPLATE_KINDS.map((kind) => ({ kind, to: TEMPLATES[kind].to, about: TEMPLATES[kind].about, languages: TEMPLATE_LANGUAGES })) };
  }

  @Get(':kind/preview')
  @ForKeys('read-letters')
  @ApiOperation({ summary: 'A letter as it would read on a day, with what the record says of a State', description: 'Nothing is planned and nobody is told. It carries no name, and its links to stop and to confirm lead nowhere. 409 where the State has nothing that such a letter would speak of.' })
  @ApiParam(KIND)
  @ApiOkResponse({ content: { 'text/html': {}, 'text/plain': {}, 'message/rfc822': {} } })
  async preview(@Param('kind', TemplatePipe) kind: TemplateKind, @Query() { format = 'html', ...asked }: PreviewQuery, @Res() reply: FastifyReply): Promise<void> {
    const rendered = await this.notices.previews.of(this.treaties.transform(asked.treaty ?? 'ccm'), this.asked(kind, asked));
    void reply.header('cache-control', 'no-store');
    if (format === 'text') return void (await reply.header('content-type', 'text/plain; charset=utf-8').send(rendered.text));
    if (format === 'eml') {
      const mime = await this.notices.previews.mime(rendered, 'preview@example.org', instantOf(this.clock));
      return void (await reply.header('content-type', 'message/rfc822').header('content-disposition', `attachment; filename="${kind}-${asked.iso3}.eml"`).send(mime));
    }
    await reply.header('content-type', 'text/html; charset=utf-8').header('content-security-policy', SHOWN_ONLY).send(rendered.html);
  }

  @Post(':kind/test')
  @HttpCode(200)
  @ForKeys('correspond')
  @ApiOperation({
    summary: 'Send a letter to look at, marked as a test',
    description: 'It is no part of the plan or of anybody’s correspondence. It goes to a contact’s address or to the registrar’s own mailbox, for an administrator to any; a few an hour. `outcome` says what the mail server did with it.',
  })
  @ApiParam(KIND)
  @ApiOkResponse({ example: TEST_LETTER_EXAMPLE })
  test(@Param('kind', TemplatePipe) kind: TemplateKind, @Body() { to, ...asked }: TestBody, @Asker() { actor, role }: Principal): Promise<SentTest> {
    return this.notices.testLetters.send(this.treaties.transform(asked.treaty ?? 'ccm'), to, this.asked(kind, asked), { actor, mayWriteToAnyone: role === 'admin' });
  }

  private asked(kind: TemplateKind, { iso3, language, asAt }: AskedLetter) {
    return { kind, iso3: this.states.transform(iso3), language: language ?? 'en', ...(asAt ? { asAt } : {}) };
  }
}

/** Styles in place are all that a letter brings along. */
const SHOWN_ONLY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";
