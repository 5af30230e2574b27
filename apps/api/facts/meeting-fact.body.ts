import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { MeetingFactData } from '#treaty';
import { FactBody } from './fact.body.js';
import { IsDay, IsPlainText } from './validators.js';

const MEETING_TYPES = ['meeting-scheduled', 'meeting-moved', 'meeting-held'] as const;

export class MeetingFactBody extends OmitType(FactBody, ['type', 'knownBy'] as const) {
  @ApiProperty({ enum: MEETING_TYPES, example: 'meeting-scheduled' })
  @IsIn(MEETING_TYPES)
  type!: keyof MeetingFactData;
}

class ScheduledData {
  @ApiProperty({ example: 'Fourteenth Meeting of States Parties' }) @IsPlainText(200) title!: string;
  @ApiPropertyOptional({ example: '2027-09-13' }) @IsOptional() @IsDay() start: string | null = null;
  @ApiPropertyOptional({ example: '2027-09-16' }) @IsOptional() @IsDay() end: string | null = null;
  @ApiPropertyOptional({ example: 'Geneva' }) @IsOptional() @IsPlainText(200) place?: string;
  @ApiPropertyOptional({ example: 'LAO' }) @IsOptional() @IsPlainText(100) president?: string;
}

class MovedData {
  @ApiProperty({ example: '2027-10-04' }) @IsDay() start!: string;
  @ApiProperty({ example: '2027-10-07' }) @IsDay() end!: string;
  @ApiPropertyOptional({ example: 'Vientiane' }) @IsOptional() @IsPlainText(200) place?: string;
}

class HeldData {
  @ApiPropertyOptional() @IsOptional() @IsDay() start?: string;
  @ApiPropertyOptional() @IsOptional() @IsDay() end?: string;
}

export const MEETING_DATA: { readonly [T in keyof MeetingFactData]: new () => object } = {
  'meeting-scheduled': ScheduledData,
  'meeting-moved': MovedData,
  'meeting-held': HeldData,
};
