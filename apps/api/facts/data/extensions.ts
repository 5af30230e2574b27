import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { DECISION_MODES, type DecisionMode } from '#treaty';
import { IsDay, IsPlainText } from '../validators.js';
import { ArticleData } from './obligations.js';

export class RequestData extends ArticleData {
  @ApiPropertyOptional({ type: 'integer', description: 'Calendar months asked for.', example: 18 })
  @IsOptional() @IsInt() @Min(1) @Max(600)
  months?: number;

  @ApiPropertyOptional({ description: 'Day asked for, where the request names one.', example: '2022-09-01' })
  @IsOptional() @IsDay()
  until?: string;

  @ApiPropertyOptional({ description: 'Meeting that is to consider it.', example: '2RC' })
  @IsOptional() @IsPlainText(20)
  meeting?: string;
}

export class AnalysisData extends ArticleData {
  @ApiPropertyOptional({ example: '12MSP' })
  @IsOptional() @IsPlainText(20)
  meeting?: string;

  @ApiPropertyOptional({ example: 'The analysis group recommends to grant the request.' })
  @IsOptional() @IsPlainText(1_000)
  finding?: string;
}

export class RefusalData extends ArticleData {
  @ApiProperty({ description: 'Meeting that decided.', example: '12MSP' })
  @IsPlainText(20)
  meeting!: string;

  @ApiPropertyOptional({ enum: DECISION_MODES, default: 'meeting', description: 'In the meeting’s room, or by silence procedure in its name.' })
  @IsIn(DECISION_MODES)
  mode: DecisionMode = 'meeting';
}

export class GrantData extends RefusalData {
  @ApiPropertyOptional({ type: 'integer', description: 'Calendar months granted.', example: 12 })
  @IsOptional() @IsInt() @Min(1) @Max(600)
  months?: number;

  @ApiPropertyOptional({ description: 'New deadline, where the decision names it.', example: '2023-09-01' })
  @IsOptional() @IsDay()
  until?: string;

  @ApiPropertyOptional({ description: 'Benchmarks or conditions that the decision sets.' })
  @IsOptional() @IsPlainText(1_000)
  conditions?: string;
}
