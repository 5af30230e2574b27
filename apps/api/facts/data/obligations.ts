import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsNumber, IsOptional, Max, Min } from 'class-validator';
import { IsDay, IsPlainText } from '../validators.js';

export class ArticleData {
  @ApiProperty({ type: 'integer', example: 3 })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' && /^\d{1,2}$/.test(value) ? Number(value) : value))
  @IsInt() @Min(1) @Max(99)
  article!: number;
}

export class DeclarationData extends ArticleData {
  @ApiPropertyOptional({ description: 'End of the active hostilities, for areas contaminated after entry into force.', example: '2021-06-30' })
  @IsOptional() @IsDay()
  hostilitiesEndedOn?: string;
}

export class QuantityData extends ArticleData {
  @ApiPropertyOptional({ description: 'Munitions, or square metres of land.', example: 13623 })
  @IsOptional() @IsNumber() @Min(0)
  quantity?: number;
}

export class ProgressData extends QuantityData {
  @ApiPropertyOptional({ example: 'm2' })
  @IsOptional() @IsPlainText(40)
  unit?: string;
}

export class CompletionData extends ArticleData {
  @ApiPropertyOptional({ description: 'Meeting at which it was declared.', example: '11MSP' })
  @IsOptional() @IsPlainText(20)
  meeting?: string;
}

export class AssistanceProvidedData extends ArticleData {
  @ApiPropertyOptional({ description: 'To whom.', example: 'LAO' })
  @IsOptional() @IsPlainText(100)
  to?: string;
}

export class AssistanceReceivedData extends ArticleData {
  @ApiPropertyOptional({ description: 'From whom.', example: 'NOR' })
  @IsOptional() @IsPlainText(100)
  from?: string;
}
