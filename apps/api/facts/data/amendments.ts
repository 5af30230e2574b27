import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsObject, IsOptional, IsUUID, Matches, Max, Min } from 'class-validator';
import { IsCoarseDate, IsDay, IsPlainText } from '../validators.js';

export class RetractionData {
  @ApiProperty({ description: 'Id of the fact that is retracted.', format: 'uuid' })
  @IsUUID('all')
  fact!: string;

  @ApiProperty({ example: 'Recorded for the wrong State.' })
  @IsPlainText(1_000)
  reason!: string;
}

export class CorrectionData extends RetractionData {
  @ApiPropertyOptional({ description: 'The corrected date. Where neither this nor `data` is given, the correction’s own effectiveOn is the corrected date.', example: '2018-03-01' })
  @IsOptional() @IsCoarseDate()
  effectiveOn?: string;

  @ApiPropertyOptional({ example: '2018-03-31' })
  @IsOptional() @IsDay()
  knownBy?: string;

  @ApiPropertyOptional({ type: Object, description: 'Members of the fact’s own data that change; the others stay.', example: { months: 12 } })
  @IsOptional() @IsObject()
  data?: object;
}

export class DiscrepancyData {
  @ApiProperty({ example: 'due date of the initial report' }) @IsPlainText(200) subject!: string;
  @ApiProperty({ description: 'What the record keeps.', example: '28 September 2015' }) @IsPlainText(500) kept!: string;
  @ApiProperty({ description: 'What the source says.', example: '19 April 2015' }) @IsPlainText(500) stated!: string;
  @ApiPropertyOptional({ type: 'integer', description: 'With `kind`: the obligation that it is about; its due date is then shown as computed now.', example: 7 })
  @IsOptional() @IsInt() @Min(1) @Max(99)
  article?: number;
  @ApiPropertyOptional({ example: 'initial-report' }) @IsOptional() @Matches(/^[a-z-]{1,40}$/) kind?: string;
}

export class RemarkData {
  @ApiProperty({ example: 'deadline-passed' }) @IsPlainText(200) about!: string;
}
