import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, IsUrl, ValidateNested } from 'class-validator';
import type { FactType } from '#treaty';
import { FACT_TYPES } from './data/index.js';
import { IsCoarseDate, IsDay, IsPlainText } from './validators.js';

export class SourceBody {
  @ApiProperty({ description: 'The document that says so.', example: 'Depositary notification' })
  @IsPlainText(500)
  title!: string;

  @ApiPropertyOptional({ example: 'C.N.326.2020.TREATIES-XXVI.6' })
  @IsOptional() @IsPlainText(200)
  reference?: string;

  @ApiPropertyOptional({ example: 'https://treaties.un.org/doc/Publication/CN/2020/CN.326.2020-Eng.pdf' })
  @IsOptional() @IsUrl({ protocols: ['https', 'http'], require_protocol: true })
  url?: string;
}

export class FactBody {
  @ApiProperty({ enum: FACT_TYPES, example: 'instrument-deposited' })
  @IsIn(FACT_TYPES)
  type!: FactType;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'From when it is true: a day, or a month or year where no more is known.', example: '2020-08-06' })
  @IsOptional() @IsCoarseDate()
  effectiveOn?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'The latest day on which it is known to have happened, where its own date is missing or coarse.', example: '2020-09-28' })
  @IsOptional() @IsDay()
  knownBy?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'Day on which it became known; today unless given.', example: '2020-08-06' })
  @IsOptional() @IsDay()
  knownOn?: string | null;

  @ApiProperty()
  @IsObject() @ValidateNested() @Type(() => SourceBody)
  source!: SourceBody;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'Received by e-mail, original to follow.' })
  @IsOptional() @IsPlainText(2_000)
  note?: string | null;

  @ApiPropertyOptional({ type: Object, description: 'What the kind of fact says beside its dates; see the list of kinds.', example: { instrument: 'accession' } })
  @IsOptional() @IsObject()
  data?: object;
}
