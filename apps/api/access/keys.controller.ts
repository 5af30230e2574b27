import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { type KeyInfo, type Keys, type Role, ROLES } from '#access';
import { Problem } from '#platform';
import { SubscriberKeys } from '../../ground/index.js';
import { IsPlainText } from '../facts/validators.js';
import { IsAddress } from '../letters/contact.body.js';
import { KEYS } from '../tokens.js';
import { KEY_EXAMPLE, KEYS_EXAMPLE } from '../treaties/examples.js';
import { Allow } from './permission.decorator.js';

class KeyBody {
  @ApiProperty({ enum: ROLES, example: 'coordinator' }) @IsIn(ROLES) role!: Role;
  @ApiPropertyOptional({ description: 'Of a coordinator.', example: 'clearance' }) @IsOptional() @Matches(/^[a-z_]{1,40}$/) theme?: string;
  @ApiPropertyOptional({ description: 'Of a focal point.', example: 'GNB' }) @IsOptional() @Matches(/^[A-Z]{3}$/) iso3?: string;
  @ApiPropertyOptional({ description: 'Of a subscriber: where to write to when an endpoint had to be disabled. All keys of one address see the same endpoints.', example: 'reader@example.org' }) @IsOptional() @IsAddress() email?: string;
  @ApiPropertyOptional({ description: 'What it is for. No names.', example: 'clearance coordinators 2026' }) @IsOptional() @IsPlainText(100) label?: string;
}

@ApiTags('Running the service')
@Controller('v1/keys')
@Allow('administer')
export class KeysController {
  constructor(
    @Inject(KEYS) private readonly keys: Keys,
    @Inject(SubscriberKeys) private readonly subscriberKeys: SubscriberKeys,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Keys that were given out, without the keys themselves' })
  @ApiOkResponse({ example: KEYS_EXAMPLE })
  async list(): Promise<{ items: KeyInfo[] }> {
    return { items: await this.keys.list() };
  }

  @Post()
  @ApiOperation({ summary: 'Give out a key; it is shown once' })
  @ApiCreatedResponse({ example: KEY_EXAMPLE })
  async create(@Body() { email, ...body }: KeyBody): Promise<{ id: string; key: string }> {
    if (email === undefined) return await this.keys.create(body);
    if (body.role !== 'subscriber') throw new Problem(400, 'invalid-input', 'Only a subscriber’s key belongs to an e-mail address.');
    return await this.subscriberKeys.give(email, body.label);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke a key' })
  async revoke(@Param('id') id: string): Promise<void> {
    if (!(await this.keys.revoke(id))) throw new Problem(404, 'unknown-key', 'There is no such key in use.');
  }
}
