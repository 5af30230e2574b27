import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { DEFAULT_LIMIT, MOST_ITEMS } from '#read-models';
import { OBLIGATION_STATUSES } from '#treaty';
import { IsCursor, IsDay, IsInstant } from '../facts/validators.js';

const number = ({ value }: { value: unknown }): unknown => (typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value);

/** The dates that every read takes. */
export class CutQuery {
  @ApiPropertyOptional({ description: 'The day the question is about; today (UTC) unless given.', example: '2020-09-28' })
  @IsOptional() @IsDay()
  asAt?: string;

  @ApiPropertyOptional({ description: 'By what was known on that day; `asAt` unless given, or today where that lies ahead.', example: '2020-09-28' })
  @IsOptional() @IsDay()
  knownOn?: string;

  @ApiPropertyOptional({ description: 'By what this system held at that instant; now unless given.', example: '2026-11-24T12:00:00Z' })
  @IsOptional() @IsInstant()
  recordedBy?: string;

  @ApiPropertyOptional({ type: 'integer', description: 'Answer only once this position of the log is taken in: what a command answered with.', example: 860 })
  @IsOptional() @Transform(number) @IsInt() @Min(0)
  minPosition?: number;
}

/** Where a page of each kind of list ended: at an obligation, in the order of due dates, or at a position of the log. */
const DUE_DATE = /^\["(\d{4}-\d{2}-\d{2}|9) [A-Z]{3} \d{2} [a-z-]{1,40} (\d{4})?"\]$/;
const POSITION = /^\[\d{1,15}\]$/;

class PagedQuery extends CutQuery {
  @ApiPropertyOptional({ description: '`next` of the page before.' })
  @IsOptional() @IsCursor(DUE_DATE)
  cursor?: string;

  @ApiPropertyOptional({ type: 'integer', default: MOST_ITEMS, minimum: 1, maximum: MOST_ITEMS })
  @IsOptional() @Transform(number) @IsInt() @Min(1) @Max(MOST_ITEMS)
  limit?: number;
}

export class BoardQuery extends CutQuery {
  @ApiPropertyOptional({ example: 'clearance' })
  @IsOptional() @Matches(/^[a-z_]{1,40}$/, { message: 'theme is a word such as clearance' })
  theme?: string;

  @ApiPropertyOptional({ type: 'boolean', description: 'Break annual reports down by the year that they cover.', default: false })
  @IsOptional() @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value)) @IsBoolean()
  byYear?: boolean;
}

export class ObligationsQuery extends PagedQuery {
  @ApiPropertyOptional({ example: 'GNB' }) @IsOptional() @Matches(/^[A-Z]{3}$/, { message: 'iso3 is a code of three capitals, such as GNB' }) iso3?: string;
  @ApiPropertyOptional({ type: 'integer', example: 3 }) @IsOptional() @Transform(number) @IsInt() article?: number;
  @ApiPropertyOptional({ example: 'stockpile-destruction' }) @IsOptional() @Matches(/^[a-z-]{1,40}$/, { message: 'kind is a word such as clearance' }) kind?: string;
  @ApiPropertyOptional({ enum: OBLIGATION_STATUSES }) @IsOptional() @IsIn(OBLIGATION_STATUSES) status?: string;
  @ApiPropertyOptional({ example: 'clearance' }) @IsOptional() @Matches(/^[a-z_]{1,40}$/, { message: 'theme is a word such as clearance' }) theme?: string;
  @ApiPropertyOptional({ example: '2025-01-01' }) @IsOptional() @IsDay() dueFrom?: string;
  @ApiPropertyOptional({ example: '2025-12-31' }) @IsOptional() @IsDay() dueTo?: string;
}

export class DeadlinesQuery extends PagedQuery {
  @ApiPropertyOptional({ description: 'First day of the period, included; today unless given.', example: '2025-01-01' }) @IsOptional() @IsDay() from?: string;
  @ApiPropertyOptional({ description: 'Last day of the period, included; a year after `from` unless given.', example: '2025-12-31' }) @IsOptional() @IsDay() to?: string;
  @ApiPropertyOptional({ example: 'clearance' }) @IsOptional() @Matches(/^[a-z-]{1,40}$/, { message: 'kind is a word such as clearance' }) kind?: string;
  @ApiPropertyOptional({ example: 'GNB' }) @IsOptional() @Matches(/^[A-Z]{3}$/, { message: 'iso3 is a code of three capitals, such as GNB' }) iso3?: string;
}

export class HistoryQuery extends PagedQuery {
  @ApiPropertyOptional({ type: 'integer', default: DEFAULT_LIMIT, minimum: 1, maximum: MOST_ITEMS })
  @IsOptional() @Transform(number) @IsInt() @Min(1) @Max(MOST_ITEMS)
  declare limit?: number;

  @ApiPropertyOptional({ description: '`next` of the page before.' })
  @IsOptional() @IsCursor(POSITION)
  declare cursor?: string;

  @ApiPropertyOptional({ description: 'One kind of fact only.', example: 'extension-granted' })
  @IsOptional() @Matches(/^[a-z-]{1,60}$/, { message: 'type is a kind of fact, such as extension-granted' })
  type?: string;

  @ApiPropertyOptional({ description: 'Newest first.', default: false })
  @IsOptional() @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value)) @IsBoolean()
  newestFirst?: boolean;
}

export class StatesQuery extends CutQuery {
  @ApiPropertyOptional({ enum: ['signatory', 'contracting', 'party', 'withdrawn'] }) @IsOptional() @IsIn(['signatory', 'contracting', 'party', 'withdrawn']) status?: string;
}

export class StatisticsQuery extends CutQuery {
  @ApiPropertyOptional({ type: 'integer', description: 'Calendar year; the current one unless given.', example: 2019 })
  @IsOptional() @Transform(number) @IsInt() @Min(1900) @Max(2200)
  year?: number;
}

export class CommandQuery {
  @ApiPropertyOptional({ description: 'Answer what would be recorded and how the State’s standing would change; record nothing.', default: false })
  @IsOptional() @Transform(({ value }: { value: unknown }) => (value === 'true' || value === '' ? true : value === 'false' ? false : value)) @IsBoolean()
  dryRun?: boolean;
}
