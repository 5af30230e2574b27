import type { Pool } from 'pg';
import type { EventLog } from '#event-log';
import { type Clock, migrate, type Settings } from '#platform';
import { Assessor, DossierReader, HistoryReader } from '#read-models';
import type { TreatyRules } from '#treaty';
import type { WorkQueue } from '#work-queue';
import { Bounces } from './bounces/bounces.js';
import { ReturnAddresses } from './bounces/return-addresses.js';
import { Contacts } from './contacts/contacts.js';
import { Erasure } from './contacts/erasure.js';
import { createMailer, domainOf, type Mailer, type NameOf, openMailbox, type PlainLetter, senderOf, writingTo } from './email/index.js';
import { HandOn } from './fallback/hand-on.js';
import { FALLBACK_STEPS } from './fallback/tables.js';
import { forgetServiceLetters } from './mailbox/service-letters.js';
import { DeadlineFeed } from './outbox/deadline-feed.js';
import { Deliverer } from './outbox/deliver.js';
import { Holds } from './holds/holds.js';
import { Forecast } from './outbox/forecast.js';
import { linkSecret } from './outbox/link-secret.js';
import { LinkTokens } from './outbox/links.js';
import { Outbox } from './outbox/outbox.js';
import { Planner } from './outbox/planner.js';
import { Postman, type PostmanParts } from './outbox/postman.js';
import { ToldBefore } from './outbox/told-before.js';
import { Wording } from './outbox/wording.js';
import { Previews } from './preview/previews.js';
import { TestLetters } from './preview/test-letters.js';
import { Tasks } from './tasks/tasks.js';

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
  holds: Holds;
  /** What waits for a registrar. */
  tasks: Tasks;
  erasure: Erasure;
  bounces: Bounces;
  previews: Previews;
  testLetters: TestLetters;
  tokens: LinkTokens;
  mailer: Mailer;
  /** For letters about the service itself; false where one is to be tried again. */
  writeTo(this: void, address: string, letter: PlainLetter): Promise<boolean>;
  /** Takes such letters out of the embedded mailbox, when somebody is erased. */
  forgetAddress(this: void, address: string): Promise<void>;
  forecast: Forecast;
  deadlines: DeadlineFeed;
  toldBefore: ToldBefore;
  /** Rounds and deliveries over a queue. */
  postman(queue: WorkQueue, onError: (error: unknown) => void, onRecorded?: PostmanParts['onRecorded']): Postman;
}

export const openNotices = async ({ settings, clock, pool, log, treaties, nameOf, home }: NoticesGround): Promise<Notices> => {
  const contacts = new Contacts(pool, clock);
  const outbox = new Outbox(pool, clock);
  await contacts.prepare();
  await outbox.prepare();
  const holds = new Holds(pool, clock);
  await holds.prepare();
  await migrate(pool, 'fallback', FALLBACK_STEPS);
  const secret = await linkSecret(pool);
  const tokens = new LinkTokens(secret);
  const from = senderOf(settings.MAIL_FROM);
  const reader = new DossierReader(pool);
  const assessor = new Assessor(reader);
  const publicUrl = settings.PUBLIC_URL.replace(/\/$/, '');
  const mailDomain = domainOf(from.address);
  const { DKIM_DOMAIN: domainName, DKIM_SELECTOR: keySelector, DKIM_PRIVATE_KEY: privateKey } = settings;
  const dkim = domainName && keySelector && privateKey ? { domainName, keySelector, privateKey } : undefined;
  const mailer = createMailer({ ...(settings.SMTP_URL ? { smtpUrl: settings.SMTP_URL } : {}), ...(dkim ? { dkim } : {}), home });
  const wording = new Wording(treaties, reader, nameOf, (id) => tokens.of(id), clock, { from, publicUrl });
  const registrar = settings.REGISTRAR_MAILBOX ?? from.address;
  const returnAddresses = new ReturnAddresses(secret, mailDomain);
  const handOn = new HandOn(pool, reader, treaties, clock, { mailDomain });
  const bounces = new Bounces(pool, contacts, returnAddresses, tokens, handOn);
  const deliverer = new Deliverer(pool, contacts, wording, handOn, mailer, clock, { from, registrar, returnAddress: (id) => returnAddresses.of(id) });
  const mailbox = openMailbox(home);
  const erasure = new Erasure(pool, contacts, outbox, mailbox);
  const previews = new Previews(reader, nameOf, clock, { from, publicUrl });
  const testLetters = new TestLetters(pool, contacts, previews, mailer, mailbox, clock, { from, registrar });
  await testLetters.prepare();
  const planner = new Planner(pool, assessor, contacts, clock, { mailDomain, runLimit: settings.NOTICE_RUN_LIMIT });
  const forecast = new Forecast(reader, contacts, clock, { mailDomain });
  const tasks = new Tasks({ pool, contacts, holds, assessor, history: new HistoryReader(pool), treaties, nameOf, clock });
  const deadlines = new DeadlineFeed(reader, clock, nameOf, publicUrl);
  const postman: Notices['postman'] = (queue, onError, onRecorded) =>
    new Postman({ pool, log, clock, treaties, outbox, holds, planner, deliverer, queue, roundSeconds: settings.NOTICE_ROUND_SECONDS, onError, ...(onRecorded ? { onRecorded } : {}) });
  return {
    contacts, outbox, holds, tasks, erasure, bounces, previews, testLetters, tokens, mailer, forecast, deadlines, postman,
    writeTo: writingTo(mailer, from, clock), forgetAddress: (address) => forgetServiceLetters(mailbox, address), toldBefore: new ToldBefore(pool, log, clock),
  };
};
