import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsInstant, IsPlainText } from '../facts/validators.js';

/** Every step of a person's is on record with its reason. */
export class ReasonBody {
  @ApiProperty({ description: 'On record with what was done. No names.', example: 'The ministry asked for time until Monday.' }) @IsPlainText(500) reason!: string;
}

export class ReleaseBody {
  @ApiPropertyOptional({ type: String, example: 'Looked through and right.' }) @IsOptional() @IsPlainText(500) reason?: string | null;
}

export class AgainBody extends ReasonBody {
  @ApiProperty({ type: String, description: '`at` of the message as you saw it: a request that comes twice sends once.', example: '2027-02-01T08:00:05.120Z' }) @IsInstant() seenAt!: string;
}
