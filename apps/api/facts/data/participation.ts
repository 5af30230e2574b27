import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { INSTRUMENTS, type Instrument } from '#treaty';
import { IsDay, IsPlainText } from '../validators.js';

/** For kinds that say nothing beside their dates. */
export class NoData {}

export class DepositData {
  @ApiProperty({ enum: INSTRUMENTS, example: 'ratification' })
  @IsIn(INSTRUMENTS)
  instrument!: Instrument;

  @ApiPropertyOptional({ example: 'C.N.776.2008.TREATIES-2' })
  @IsOptional() @IsPlainText(100)
  depositaryNotification?: string;
}

export class WithdrawalData {
  @ApiPropertyOptional({ description: 'Only where it takes effect later than the term of the treaty.', example: '2025-03-06' })
  @IsOptional() @IsDay()
  takesEffectOn?: string;
}
