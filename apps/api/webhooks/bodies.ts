import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { IsInstant, IsPlainText } from '../facts/validators.js';

const MOST_NAMED = 200;
const LONGEST_URL = 2_000;
/** Deliveries a minute: a thousand a second is no limit any more. */
const MOST_A_MINUTE = 60_000;

export class EndpointBody {
  @ApiProperty({ description: 'Address of the receiver: https, at a public address, without a user or a password.', example: 'https://receiver.example/hooks/pacta' })
  @IsString() @MaxLength(LONGEST_URL)
  url!: string;

  @ApiProperty({ type: [String], description: 'Types of events, as `GET /v1/events/types` names them.', example: ['treaty.instrument.deposited'] })
  @IsArray() @ArrayMinSize(1, { message: 'types names at least one type; GET /v1/events/types lists them' }) @ArrayMaxSize(MOST_NAMED) @IsString({ each: true }) @MaxLength(100, { each: true })
  types!: string[];

  @ApiPropertyOptional({ type: String, description: 'Of one treaty only.', example: 'ccm' })
  @IsOptional() @Matches(/^[a-z0-9-]{1,40}$/, { message: 'treaty is the id of a treaty, such as ccm' })
  treaty?: string;

  @ApiPropertyOptional({ type: [String], description: 'About these States only.', example: ['GNB'] })
  @IsOptional() @IsArray() @ArrayMaxSize(MOST_NAMED) @Matches(/^[A-Z]{3}$/, { each: true, message: 'a State is named by three capitals, such as GNB' })
  states?: string[];

  @ApiPropertyOptional({ type: String, description: 'Of one theme of the coordinators only.', example: 'clearance' })
  @IsOptional() @Matches(/^[a-z_]{1,40}$/, { message: 'theme is a word such as clearance' })
  theme?: string;

  @ApiPropertyOptional({ type: Boolean, description: 'One after the other, in the order of the log; one that fails holds up those after it.', default: false })
  @IsOptional() @IsBoolean()
  ordered?: boolean;

  @ApiPropertyOptional({ type: 'integer', description: 'Deliveries a minute at the most.', minimum: 1, maximum: MOST_A_MINUTE, example: 600 })
  @IsOptional() @IsInt() @Min(1) @Max(MOST_A_MINUTE)
  rate?: number;
}

export class RecoverBody {
  @ApiProperty({ description: 'What was news since this instant and has not arrived is sent again.', example: '2026-11-24T08:00:00Z' })
  @IsInstant()
  since!: string;
}

export class ReplayBody {
  @ApiProperty({ type: 'integer', description: 'Position of the log; everything after it is sent, also what was loaded as history. 0 for everything.', example: 0 })
  @IsInt() @Min(0) @Max(Number.MAX_SAFE_INTEGER)
  after!: number;
}

export class BlockBody {
  @ApiProperty({ description: 'Host of receivers: a name, or an address as it stands in theirs.', example: 'blocked.example' })
  @Matches(/^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])$/i, { message: 'host is the host of an address, such as receiver.example: without https:// and without a port' })
  host!: string;

  @ApiProperty({ description: 'For the other administrators. No names.', example: 'Its operator asked us to stop.' })
  @IsPlainText(500)
  reason!: string;
}

export const DEFAULT_DELIVERIES = 50;
const number = ({ value }: { value: unknown }): unknown => (typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value);

export class DeliveriesQuery {
  @ApiPropertyOptional({ description: '`next` of the page before.' })
  @IsOptional() @Matches(/^[0-9a-f-]{36}\.\d{1,15}(\.\d{1,9})?$/, { message: 'cursor is none of this list: take it from `next` of the page before, or leave it out to begin' })
  cursor?: string;

  @ApiPropertyOptional({ type: 'integer', default: DEFAULT_DELIVERIES, minimum: 1, maximum: 200 })
  @IsOptional() @Transform(number) @IsInt() @Min(1) @Max(200)
  limit?: number;
}
