import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { MESSAGE_STATUSES, type MessageStatus, TEMPLATE_LANGUAGES, type TemplateLanguage } from '#notices';

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

export class CalendarQuery {
  @ApiPropertyOptional({ enum: TEMPLATE_LANGUAGES, default: 'en' })
  @IsOptional() @IsIn(TEMPLATE_LANGUAGES)
  language?: TemplateLanguage;

  @ApiPropertyOptional({ example: 'clearance' })
  @IsOptional() @Matches(/^[a-z_]{1,40}$/, { message: 'theme is a word such as clearance' })
  theme?: string;
}
