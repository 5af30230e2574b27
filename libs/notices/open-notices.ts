import type { Pool } from 'pg';
import type { EventLog } from '#event-log';
import type { Clock, Settings } from '#platform';
import { Assessor, DossierReader } from '#read-models';
import type { TreatyRules } from '#treaty';
import type { WorkQueue } from '#work-queue';
import { Contacts } from './contacts/contacts.js';
import { createMailer, domainOf, type Mailer, type NameOf, senderOf } from './email/index.js';
import { DeadlineFeed } from './outbox/deadline-feed.js';
import { Deliverer } from './outbox/deliver.js';
import { Forecast } from './outbox/forecast.js';
import { linkSecret } from './outbox/link-secret.js';
import { LinkTokens } from './outbox/links.js';
import { Outbox } from './outbox/outbox.js';
import { Planner } from './outbox/planner.js';
import { Postman } from './outbox/postman.js';
import { Wording } from './outbox/wording.js';

/** What letters stand on. */
export interface NoticesGround {
  settings: Settings;
  clock: Clock;
  pool: Pool;
  log: EventLog;
  treaties: ReadonlyMap<string, TreatyRules>;
  /** Names of States in letters. */
  nameOf: NameOf;
  /** Folder of the embedded mailbox. */
  home: string;
}

/** Everything about letters, put together; whoever has them decides whether this process delivers. */
export interface Notices {
  contacts: Contacts;
  outbox: Outbox;
  tokens: LinkTokens;
  mailer: Mailer;
  forecast: Forecast;
  deadlines: DeadlineFeed;
  /** Rounds and deliveries over a queue. */
  postman(queue: WorkQueue, onError: (error: unknown) => void): Postman;
}

export const openNotices = async ({ settings, clock, pool, log, treaties, nameOf, home }: NoticesGround): Promise<Notices> => {
  const contacts = new Contacts(pool, clock);
  const outbox = new Outbox(pool, clock);
  await contacts.prepare();
  await outbox.prepare();
  const tokens = new LinkTokens(await linkSecret(pool));
  const from = senderOf(settings.MAIL_FROM);
  const reader = new DossierReader(pool);
  const assessor = new Assessor(reader);
  const publicUrl = settings.PUBLIC_URL.replace(/\/$/, '');
  const mailDomain = domainOf(from.address);
  const { DKIM_DOMAIN: domainName, DKIM_SELECTOR: keySelector, DKIM_PRIVATE_KEY: privateKey } = settings;
  const dkim = domainName && keySelector && privateKey ? { domainName, keySelector, privateKey } : undefined;
  const mailer = createMailer({ ...(settings.SMTP_URL ? { smtpUrl: settings.SMTP_URL } : {}), ...(dkim ? { dkim } : {}), home });
  const wording = new Wording(treaties, reader, nameOf, (id) => tokens.of(id), clock, { from, publicUrl });
  const deliverer = new Deliverer(pool, contacts, wording, mailer, clock, { from, registrar: settings.REGISTRAR_MAILBOX ?? from.address });
  const planner = new Planner(pool, assessor, contacts, clock, { mailDomain, runLimit: settings.NOTICE_RUN_LIMIT });
  const forecast = new Forecast(reader, contacts, clock, { mailDomain });
  const deadlines = new DeadlineFeed(reader, clock, nameOf, publicUrl);
  return { contacts, outbox, tokens, mailer, forecast, deadlines, postman: (queue, onError) => new Postman({ pool, log, clock, treaties, outbox, planner, deliverer, queue, onError }) };
};
