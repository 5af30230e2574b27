import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { DEFAULT_LIMIT, MOST_ITEMS } from '#read-models';

const number = ({ value }: { value: unknown }): unknown => (typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value);
/** `?states=GNB,BGR` and `?states=GNB&states=BGR` are the same. */
const list = ({ value }: { value: unknown }): unknown => (value === undefined ? undefined : [value].flat().flatMap((one: unknown) => (typeof one === 'string' ? one.split(',').map((part) => part.trim()) : [one])));

const MOST_NAMED = 200;
const TYPE = /^[a-z0-9_]{1,40}(\.[a-z0-9_]{1,40}){1,4}$/;
const STATE = /^[A-Z]{3}$/;
const types = { each: true, message: 'types are such as treaty.instrument.deposited; GET /v1/events/types names them' };
const states = { each: true, message: 'a State is named by three capitals, such as GNB' };

/** Which events: the filters that webhooks have. */
export class EventFilterQuery {
  @ApiPropertyOptional({ description: 'Of one treaty.', example: 'ccm' })
  @IsOptional() @Matches(/^[a-z0-9-]{1,40}$/, { message: 'treaty is the id of a treaty, such as ccm' })
  treaty?: string;

  @ApiPropertyOptional({ type: String, description: 'Of these types, separated by commas.', example: 'treaty.instrument.deposited' })
  @IsOptional() @Transform(list) @IsArray() @ArrayMaxSize(MOST_NAMED) @Matches(TYPE, types)
  types?: string[];

  @ApiPropertyOptional({ type: String, description: 'The same as `types`.' })
  @IsOptional() @Transform(list) @IsArray() @ArrayMaxSize(MOST_NAMED) @Matches(TYPE, types)
  type?: string[];

  @ApiPropertyOptional({ type: String, description: 'About these States, separated by commas.', example: 'GNB' })
  @IsOptional() @Transform(list) @IsArray() @ArrayMaxSize(MOST_NAMED) @Matches(STATE, states)
  states?: string[];

  @ApiPropertyOptional({ type: String, description: 'The same as `states`.' })
  @IsOptional() @Transform(list) @IsArray() @ArrayMaxSize(MOST_NAMED) @Matches(STATE, states)
  iso3?: string[];

  @ApiPropertyOptional({ description: 'Of one theme of the coordinators.', example: 'clearance' })
  @IsOptional() @Matches(/^[a-z_]{1,40}$/, { message: 'theme is a word such as clearance' })
  theme?: string;
}

export class EventsQuery extends EventFilterQuery {
  @ApiPropertyOptional({ type: 'integer', description: 'Position to go on after: `next` of the page before; from the beginning unless given.', example: 0, default: 0 })
  @IsOptional() @Transform(number) @IsInt() @Min(0)
  after?: number;

  @ApiPropertyOptional({ type: 'integer', default: DEFAULT_LIMIT, minimum: 1, maximum: MOST_ITEMS })
  @IsOptional() @Transform(number) @IsInt() @Min(1) @Max(MOST_ITEMS)
  limit?: number;
}

export class EventStreamQuery extends EventFilterQuery {
  @ApiPropertyOptional({ type: 'integer', description: 'Position to go on after, where no Last-Event-ID says so; from now on unless given.', example: 0 })
  @IsOptional() @Transform(number) @IsInt() @Min(0)
  after?: number;
}

export const DEFAULT_ENTRIES = 50;

export class FeedQuery extends EventFilterQuery {
  @ApiPropertyOptional({ type: 'integer', description: 'Entries at the most.', default: DEFAULT_ENTRIES, minimum: 1, maximum: 200 })
  @IsOptional() @Transform(number) @IsInt() @Min(1) @Max(200)
  limit?: number;
}
