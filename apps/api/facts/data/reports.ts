import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsInt, IsNumber, IsOptional, IsUUID, Matches, Max, Min } from 'class-validator';
import { REPORT_FORMS, REPORT_KINDS, type ReportForm, type ReportKind } from '#treaty';
import { IsPlainText } from '../validators.js';

class YearsData {
  @ApiPropertyOptional({ type: [Number], description: 'Calendar years covered; the year before its submission unless given.', example: [2019] })
  @IsArray() @ArrayMaxSize(30) @ArrayUnique() @IsInt({ each: true }) @Min(1900, { each: true }) @Max(2200, { each: true })
  years: number[] = [];

  @ApiPropertyOptional({ type: [String], description: 'Forms filled in, A to J.', example: ['A', 'B', 'F'] })
  @IsOptional() @IsArray() @ArrayMaxSize(10) @ArrayUnique() @Matches(/^[A-J]$/, { each: true, message: 'forms are single letters, A to J' })
  forms?: string[];
}

export class ReportData extends YearsData {
  @ApiProperty({ enum: REPORT_KINDS, example: 'annual' })
  @IsIn(REPORT_KINDS)
  kind!: ReportKind;

  @ApiPropertyOptional({ enum: REPORT_FORMS, default: 'full' })
  @IsIn(REPORT_FORMS)
  form: ReportForm = 'full';
}

export class ReportCorrectionData extends YearsData {}

export class MeasuresData {
  @ApiProperty({ type: [String], description: 'All categories that the State has measures of by then.', example: ['specific_law'] })
  @IsArray() @ArrayMaxSize(20) @ArrayUnique() @Matches(/^[a-z][a-z_]{0,39}$/, { each: true, message: 'categories are words in small letters, such as specific_law' })
  categories!: string[];
}

export class VictimAssistanceData {
  @ApiPropertyOptional() @IsOptional() @IsIn([true, false]) focal_point?: boolean;
  @ApiPropertyOptional() @IsOptional() @IsIn([true, false]) new_victims_reported_since_2015?: boolean;
  @ApiPropertyOptional() @IsOptional() @IsIn([true, false]) data_collection_reported?: boolean;
  @ApiPropertyOptional() @IsOptional() @IsIn([true, false]) dedicated_action_plan?: boolean;
  @ApiPropertyOptional() @IsOptional() @IsIn([true, false]) resource_mobilisation_reported?: boolean;
  @ApiPropertyOptional() @IsOptional() @IsIn([true, false]) sex_age_disaggregated?: boolean;
  @ApiPropertyOptional() @IsOptional() @IsIn([true, false]) assistance_requested_2016_2020?: boolean;
  @ApiPropertyOptional({ description: 'Towards the Convention on the Rights of Persons with Disabilities.' }) @IsOptional() @IsIn(['party', 'signatory', 'none']) crpd_status?: string;
}

export class RetentionData {
  @ApiPropertyOptional({ example: 120 }) @IsOptional() @IsNumber() @Min(0)
  quantity?: number;

  @ApiPropertyOptional({ example: 'training in detection' }) @IsOptional() @IsPlainText(200)
  purpose?: string;
}

export class CoalitionData {
  @ApiPropertyOptional({ description: 'Partner of the country coalition.', example: 'DEU' }) @IsOptional() @IsPlainText(100)
  with?: string;
}

export class ContactData {
  @ApiProperty({ description: 'Id of the contact. Never a name or an address.', format: 'uuid' })
  @IsUUID('all', { message: 'contact must be the id of a contact' })
  contact!: string;
}
