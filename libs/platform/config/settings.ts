import 'reflect-metadata';
import { plainToInstance, Transform } from 'class-transformer';
import { IsBoolean, IsEmail, IsIn, IsInt, IsOptional, IsString, IsUrl, Max, Min, MinLength, validateSync } from 'class-validator';

const flag = ({ value }: { value: unknown }): unknown => (value === '1' || value === 'true' ? true : value === '0' || value === 'false' ? false : value);
const number = ({ value }: { value: unknown }): unknown => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value);
const DATABASE = { protocols: ['postgres', 'postgresql'], require_tld: false, require_host: false, require_protocol: true };

/** What the environment may say, with its defaults. Parsed once at start; a mistake names the key, never the value. */
export class Settings {
  /** Port of the API; 0 takes any free one. */
  @Transform(number) @IsInt() @Min(0) @Max(65535)
  PORT = 3000;

  @IsString() @MinLength(1)
  HOST = '127.0.0.1';

  /** Where the embedded database keeps its data. */
  @IsOptional() @IsString() @MinLength(1)
  PACTA_HOME?: string;

  /** A PostgreSQL server (15 or newer) to use instead of the embedded one. */
  @IsOptional() @IsUrl(DATABASE, { message: 'must be an address like postgres://user@host:5432/name' })
  DATABASE_URL?: string;

  /** Whether anyone may read without a key. */
  @Transform(flag) @IsBoolean({ message: 'must be 1 or 0' })
  PUBLIC_READS = true;

  /** Origins that browsers may call from, separated by commas; none unless set. */
  @IsOptional() @IsString()
  CORS_ORIGINS?: string;

  /** Requests a minute from one address (or one key); 0 sets no limit. */
  @Transform(number) @IsInt() @Min(0)
  RATE_LIMIT = 30_000;

  /** OpenID Connect issuer whose bearer tokens are accepted beside keys. */
  @IsOptional() @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true }, { message: 'must be an http(s) address' })
  OIDC_ISSUER?: string;

  /** Audience that such a token must be for. */
  @IsOptional() @IsString() @MinLength(1)
  OIDC_AUDIENCE?: string;

  /** Base of the links in letters and feeds. */
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true }, { message: 'must be an http(s) address' })
  PUBLIC_URL = 'http://127.0.0.1:3000';

  /** Mail server: `smtp://user:password@host:587` or `smtps://…`; without it letters stay in the embedded mailbox. */
  @IsOptional() @IsUrl({ require_tld: false, protocols: ['smtp', 'smtps'], require_protocol: true }, { message: 'must be an address like smtp://user:password@host:587' })
  SMTP_URL?: string;

  /** Whom letters come from: `Name <address>`. */
  @IsString() @MinLength(3)
  MAIL_FROM = 'Implementation Support Unit <isu@pacta.example>';

  /** Where letters to the registrar go; to MAIL_FROM's own address unless set. */
  @IsOptional() @IsEmail({ require_tld: false })
  REGISTRAR_MAILBOX?: string;

  /** A day with more letters than this waits until a registrar releases them. */
  @Transform(number) @IsInt() @Min(1)
  NOTICE_RUN_LIMIT = 250;

  /** A Redis for wake-ups, instead of the database. */
  @IsOptional() @IsUrl({ require_tld: false, protocols: ['redis', 'rediss'], require_protocol: true }, { message: 'must be an address like redis://:password@host:6379' })
  REDIS_URL?: string;

  /** DKIM: domain, selector, and the private RSA key in PEM. All three, or none. */
  @IsOptional() @IsString() DKIM_DOMAIN?: string;
  @IsOptional() @IsString() DKIM_SELECTOR?: string;
  @IsOptional() @IsString() DKIM_PRIVATE_KEY?: string;

  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
  LOG_LEVEL = 'warn';

  /** For trials of load: this many copies of the first treaty's rules, under ids of their own. */
  @Transform(number) @IsInt() @Min(0) @Max(999)
  TRIAL_TREATIES = 0;

  /** Seconds that the read models may lie behind the log while the service still calls itself ready. */
  @Transform(number) @IsInt() @Min(1)
  READY_LAG_SECONDS = 10;
}

export class InvalidSettings extends Error {
  constructor(problems: readonly string[]) {
    super(`These settings are not usable: ${problems.join('; ')}.`);
    this.name = 'InvalidSettings';
  }
}

/** @throws {InvalidSettings} naming every key that is wrong and what it should be, without its value */
export const readSettings = (environment: NodeJS.ProcessEnv): Settings => {
  const known = Object.keys(new Settings());
  const declared = ['PACTA_HOME', 'DATABASE_URL', 'CORS_ORIGINS', 'OIDC_ISSUER', 'OIDC_AUDIENCE', 'SMTP_URL', 'REGISTRAR_MAILBOX', 'REDIS_URL', 'DKIM_DOMAIN', 'DKIM_SELECTOR', 'DKIM_PRIVATE_KEY', ...known];
  const given = Object.fromEntries(declared.filter((key) => environment[key]).map((key) => [key, environment[key]]));
  const settings = plainToInstance(Settings, given, { exposeDefaultValues: true });
  const errors = validateSync(settings, { validationError: { target: false, value: false } });
  if (errors.length > 0) throw new InvalidSettings(errors.map((error) => `${error.property} ${Object.values(error.constraints ?? {}).map((text) => text.replace(`${error.property} `, '')).join(' and ')}`));
  if (settings.OIDC_ISSUER && !settings.OIDC_AUDIENCE) throw new InvalidSettings(['OIDC_AUDIENCE is needed where OIDC_ISSUER is set']);
  return settings;
};
