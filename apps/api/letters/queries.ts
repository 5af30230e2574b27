import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { MESSAGE_STATUSES, type MessageStatus, TASK_KINDS, TASK_PLACE, type TaskKind, TEMPLATE_LANGUAGES, type TemplateLanguage } from '#notices';
import { IsCursor } from '../facts/validators.js';

const number = ({ value }: { value: unknown }): unknown => (typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value);

export const DEFAULT_MONTHS = 12;
export const DEFAULT_MESSAGES = 100;

export class ForecastQuery {
  @ApiPropertyOptional({ type: 'integer', default: DEFAULT_MONTHS, minimum: 1, maximum: 36 })
  @IsOptional() @Transform(number) @IsInt() @Min(1) @Max(36)
  months?: number;

  @ApiPropertyOptional({ example: 'GNB' })
  @IsOptional() @Matches(/^[A-Z]{3}$/, { message: 'iso3 is a code of three capitals, such as GNB' })
  iso3?: string;
}

export class CorrespondenceQuery {
  @ApiPropertyOptional({ enum: MESSAGE_STATUSES })
  @IsOptional() @IsIn(MESSAGE_STATUSES)
  status?: MessageStatus;

  @ApiPropertyOptional({ type: 'integer', default: DEFAULT_MESSAGES, minimum: 1, maximum: 1_000 })
  @IsOptional() @Transform(number) @IsInt() @Min(1) @Max(1_000)
  limit?: number;
}

export class RunsQuery {
  @ApiPropertyOptional({ type: 'integer', default: DEFAULT_MESSAGES, minimum: 1, maximum: 1_000 })
  @IsOptional() @Transform(number) @IsInt() @Min(1) @Max(1_000)
  limit?: number;
}

export class TasksQuery extends RunsQuery {
  @ApiPropertyOptional({ example: 'ccm' })
  @IsOptional() @Matches(/^[a-z0-9-]{1,40}$/, { message: 'treaty is the id of a treaty, such as ccm' })
  treaty?: string;

  @ApiPropertyOptional({ enum: TASK_KINDS })
  @IsOptional() @IsIn(TASK_KINDS)
  kind?: TaskKind;

  @ApiPropertyOptional({ example: 'GNB' })
  @IsOptional() @Matches(/^[A-Z]{3}$/, { message: 'iso3 is a code of three capitals, such as GNB' })
  iso3?: string;

  @ApiPropertyOptional({ description: '`next` of the page before.' })
  @IsOptional() @IsCursor(TASK_PLACE)
  cursor?: string;
}

/** Where a page of the mailbox ended: day, instant and id of a letter. */
const MAILBOX_PLACE = /^\["\d{4}-\d{2}-\d{2}","\d{4}-\d{2}-\d{2}T[\d:.]{8,12}Z","[^"\\]{1,250}"\]$/;

export class MailboxQuery {
  @ApiPropertyOptional({ description: '`next` of the page before.' })
  @IsOptional() @IsCursor(MAILBOX_PLACE)
  cursor?: string;

  @ApiPropertyOptional({ type: 'integer', default: DEFAULT_MESSAGES, minimum: 1, maximum: DEFAULT_MESSAGES })
  @IsOptional() @Transform(number) @IsInt() @Min(1) @Max(DEFAULT_MESSAGES)
  limit?: number;
}

export class CalendarQuery {
  @ApiPropertyOptional({ enum: TEMPLATE_LANGUAGES, default: 'en' })
  @IsOptional() @IsIn(TEMPLATE_LANGUAGES)
  language?: TemplateLanguage;

  @ApiPropertyOptional({ example: 'clearance' })
  @IsOptional() @Matches(/^[a-z_]{1,40}$/, { message: 'theme is a word such as clearance' })
  theme?: string;
}
