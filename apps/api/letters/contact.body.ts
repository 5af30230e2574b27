import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches, registerDecorator } from 'class-validator';
import { CONTACT_ROLES, isAddress, isTimeZone, type NewContact } from '#notices';

const check = (name: string, test: (text: string) => boolean, message: string): PropertyDecorator => (target, property) =>
  registerDecorator({ name, target: target.constructor, propertyName: String(property), validator: { validate: (value: unknown) => typeof value === 'string' && test(value), defaultMessage: () => message } });

export const IsAddress = (): PropertyDecorator => check('isAddress', isAddress, '$property must be one e-mail address');
const IsTimeZone = (): PropertyDecorator => check('isTimeZone', isTimeZone, '$property must be the name of a time zone, such as Africa/Bissau');
/** Becomes part of a header of a letter. */
const IsOneLine = (): PropertyDecorator =>
  check('isOneLine', (text) => text.trim() !== '' && text.length <= 200 && !/[\u0000-\u001f\u007f\u2028\u2029]/.test(text), '$property must be a text of one line and 1 to 200 characters');
const IsLanguage = (): PropertyDecorator => Matches(/^[a-z]{2}$/, { message: 'language is a code of two letters, such as fr' });

class ContactMembers {
  @ApiPropertyOptional({ type: String, nullable: true, example: 'Maria Exemplo' }) @IsOptional() @IsOneLine() name?: string | null;
  @ApiPropertyOptional({ type: String, nullable: true, example: 'Ministry of Foreign Affairs' }) @IsOptional() @IsOneLine() office?: string | null;
  @ApiPropertyOptional({ type: String, description: 'Of its letters; the default of its State unless given. What has no templates yet falls back to English.', example: 'fr' }) @IsOptional() @IsLanguage() language?: string;
  @ApiPropertyOptional({ type: String, default: 'UTC', example: 'Africa/Bissau' }) @IsOptional() @IsTimeZone() timeZone?: string;
}

export class ContactBody extends ContactMembers {
  @ApiProperty({ enum: CONTACT_ROLES, example: 'focal-point' }) @IsIn(CONTACT_ROLES) role!: NewContact['role'];
  @ApiProperty({ description: 'The State that it speaks for; of a coordinator, the State in office.', example: 'GNB' }) @Matches(/^[A-Z]{3}$/, { message: 'iso3 is a code of three capitals, such as GNB' }) iso3!: string;
  @ApiProperty({ example: 'focal.point@example.org' }) @IsAddress() email!: string;
}

/** Role and State stay: another State's contact is another contact. */
export class ContactChange extends ContactMembers {
  @ApiPropertyOptional({ type: String, example: 'focal.point@example.org' }) @IsOptional() @IsAddress() email?: string;
}
