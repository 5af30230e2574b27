import 'reflect-metadata';
import { plainToInstance, Transform } from 'class-transformer';
import { IsBoolean, IsEmail, IsIn, IsInt, IsOptional, IsString, IsUrl, Matches, Max, Min, MinLength, validateSync } from 'class-validator';

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

  /** Port at which a worker says whether it is well and what it measures; at none unless set. 0 takes any free one. */
  @IsOptional() @Transform(number) @IsInt() @Min(0) @Max(65535)
  WORKER_PORT?: number;

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

  /** Proxies in front, whose word for a caller's address is taken: addresses or ranges, separated by commas; none unless set. */
  @IsOptional() @Matches(/^\s*(loopback|linklocal|uniquelocal|[0-9a-fA-F.:]+(\/\d{1,3})?)(\s*,\s*(loopback|linklocal|uniquelocal|[0-9a-fA-F.:]+(\/\d{1,3})?))*\s*$/, { message: 'must be addresses or ranges such as 10.0.0.0/8, separated by commas' })
  TRUST_PROXY?: string;

  /** Requests a minute from one address (or one key); 0 sets no limit. */
  @Transform(number) @IsInt() @Min(0)
  RATE_LIMIT = 30_000;

  /** Streams of events that one address (or one key) may have open. */
  @Transform(number) @IsInt() @Min(1)
  EVENT_STREAMS_PER_CALLER = 50;

  /** Streams of events that may be open in one process. */
  @Transform(number) @IsInt() @Min(1)
  EVENT_STREAMS = 1_000;

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

  /** Seconds between two rounds through the letters: what the queue loses goes out within this time. */
  @Transform(number) @IsInt() @Min(1) @Max(3_600)
  NOTICE_ROUND_SECONDS = 15;

  /** Where the log of facts is kept, instead of the database: a KurrentDB (26.1 or newer), or another PostgreSQL. */
  @IsOptional() @Matches(/^(kurrentdb(\+discover)?|postgres(ql)?):\/\/\S+$/, { message: 'must be an address like kurrentdb://user:password@host:2113 or kurrentdb://a:2113,b:2113,c:2113?tlsCAFile=/path/ca.crt' })
  EVENT_LOG_URL?: string;

  /** A Redis for wake-ups, instead of the database. */
  @IsOptional() @IsUrl({ require_tld: false, protocols: ['redis', 'rediss'], require_protocol: true }, { message: 'must be an address like redis://:password@host:6379' })
  REDIS_URL?: string;

  /** DKIM: domain, selector, and the private RSA key in PEM. All three, or none. */
  @IsOptional() @IsString() DKIM_DOMAIN?: string;
  @IsOptional() @IsString() DKIM_SELECTOR?: string;
  @IsOptional() @IsString() DKIM_PRIVATE_KEY?: string;

  /** For development: webhooks may go to receivers on loopback, at any port and without TLS. */
  @Transform(flag) @IsBoolean({ message: 'must be 1 or 0' })
  WEBHOOKS_ALLOW_LOOPBACK = false;

  /** Whether anybody may get a key for webhooks by confirming an e-mail address. */
  @Transform(flag) @IsBoolean({ message: 'must be 1 or 0' })
  SUBSCRIBERS_SELF_SERVICE = true;

  /** Encrypts the secrets of webhooks in the database; former keys may follow, parted by commas, to decrypt with. */
  @IsOptional() @Matches(/^[A-Za-z0-9+/]{43}=(,[A-Za-z0-9+/]{43}=)*$/, { message: 'must be the base64 of 32 bytes, as `openssl rand -base64 32` gives; a former key may follow after a comma' })
  WEBHOOKS_SECRETS_KEY?: string;

  /** Where traces go by OTLP over HTTP; none are collected unless set. */
  @IsOptional() @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true }, { message: 'must be an http(s) address' })
  OTEL_EXPORTER_OTLP_ENDPOINT?: string;

  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
  LOG_LEVEL = 'warn';

  /** For trials of load: this many copies of the first treaty's rules, under ids of their own. */
  @Transform(number) @IsInt() @Min(0) @Max(999)
  TRIAL_TREATIES = 0;

  /** Seconds that the read models may lie behind the log while the service still calls itself ready. */
  @Transform(number) @IsInt() @Min(1)
  READY_LAG_SECONDS = 10;
}

/** What of the settings opens a door: passwords in addresses, and keys. */
export const secretsIn = (settings: Settings, ...urls: string[]): string[] =>
  // By hand: the address of a cluster names several hosts, which is no URL.
  [settings.DATABASE_URL, settings.EVENT_LOG_URL, settings.SMTP_URL, settings.REDIS_URL, ...urls].map((url) => decoded(/:\/\/[^/@]*?:([^/@]*)@/.exec(url ?? '')?.[1] ?? ''))
    .concat(settings.DKIM_PRIVATE_KEY ?? [], settings.WEBHOOKS_SECRETS_KEY?.split(',') ?? []).filter((secret) => secret !== '');

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

export class InvalidSettings extends Error {
  constructor(problems: readonly string[]) {
    super(`These settings are not usable: ${problems.join('; ')}.`);
    this.name = 'InvalidSettings';
  }
}

/** @throws {InvalidSettings} naming every key that is wrong and what it should be, without its value */
export const readSettings = (environment: NodeJS.ProcessEnv): Settings => {
  const known = Object.keys(new Settings());
  const declared = ['WORKER_PORT', 'OTEL_EXPORTER_OTLP_ENDPOINT', 'PACTA_HOME', 'DATABASE_URL', 'EVENT_LOG_URL', 'CORS_ORIGINS', 'TRUST_PROXY', 'OIDC_ISSUER', 'OIDC_AUDIENCE', 'SMTP_URL', 'REGISTRAR_MAILBOX', 'REDIS_URL', 'DKIM_DOMAIN', 'DKIM_SELECTOR', 'DKIM_PRIVATE_KEY', 'WEBHOOKS_SECRETS_KEY', ...known];
  const given = Object.fromEntries(declared.filter((key) => environment[key]).map((key) => [key, environment[key]]));
  const settings = plainToInstance(Settings, given, { exposeDefaultValues: true });
  const errors = validateSync(settings, { validationError: { target: false, value: false } });
  if (errors.length > 0) throw new InvalidSettings(errors.map((error) => `${error.property} ${Object.values(error.constraints ?? {}).map((text) => text.replace(`${error.property} `, '')).join(' and ')}`));
  if (settings.OIDC_ISSUER && !settings.OIDC_AUDIENCE) throw new InvalidSettings(['OIDC_AUDIENCE is needed where OIDC_ISSUER is set']);
  return settings;
};
