import type { Command } from 'commander';
import { RecordAboutRecord } from '#dossiers';
import { directoryOf, type Message, messageIdOf, readWholeRecord, simulate, type WholeRecord } from '#notices';
import { todayOf } from '#platform';
import { type Day, inWords, plus, type TreatyRules } from '#treaty';
import type { Ground } from '../../ground/index.js';
import { day, TREATY_OPTION } from '../asked.js';
import { Failure, Misuse } from '../failure.js';
import { counted, JSON_OPTION, print } from '../output.js';
import type { Session } from '../session.js';

interface LiveOptions {
  from: Day;
  treaty: string;
  confirm?: boolean;
  json?: boolean;
}

export const addLive = (program: Command, session: Session): void => {
  program
    .command('live')
    .description('show what the first run of letters would send; with --confirm, go live on that day')
    .requiredOption('--from <day>', 'first day, today or later', day)
    .option(...TREATY_OPTION)
    .option('--confirm', 'put it on record: from that day on letters go out, and the record counts as complete')
    .option(...JSON_OPTION)
    .action(async ({ from, treaty, confirm = false, json }: LiveOptions) => {
      const ground = await session.ground();
      const rules = await session.rules(treaty);
      const today = todayOf(ground.clock);
      if (from < today) throw new Misuse(`--from lies in the past: letters that were not sent cannot be made up. Today is ${today}.`);
      const whole = await readWholeRecord(ground.log, rules.id);
      const before = whole.record.coverage.liveFrom ?? null;
      if (before !== null) throw new Failure(`${rules.title} is live already, from ${inWords(before)} on. A treaty goes live once.`);
      if (whole.dossiers.size === 0) throw new Failure('Nothing is on record yet: load the record first (import --csv FOLDER).');
      const messages = await firstRun(ground, rules, whole, from);
      if (confirm) await record(session, ground, rules, from);
      print(json, { treaty: rules.id, from, recorded: confirm, messages: messages.map((message) => asLine(rules, message)) }, () => inText(rules, messages, { from, confirm, limit: ground.settings.NOTICE_RUN_LIMIT }));
    });
};

/** The digest goes out on the first working day, which a weekend puts off by two days at the most. */
const firstRun = async ({ notices, clock }: Ground, rules: TreatyRules, { dossiers, record: known }: WholeRecord, from: Day): Promise<Message[]> => {
  const live = { ...known, coverage: { ...known.coverage, liveFrom: from } };
  const messages = [...simulate({ rules, dossiers, record: live, directory: directoryOf(await notices.contacts.list()), from, to: plus(from, { days: 2 }), goLive: true, knownUntil: todayOf(clock) })];
  return messages.filter(({ about }) => about.some(({ step }) => step === 'go-live'));
};

/** The key makes it once, also where two ask at the same moment. */
const record = async (session: Session, ground: Ground, rules: TreatyRules, from: Day): Promise<void> => {
  const { commands } = await session.buses(ground);
  const provenance = { actor: 'cli', source: { title: 'pacta live --confirm' }, correlation: `live ${rules.id} ${from}` };
  await commands.execute(new RecordAboutRecord(rules, { type: 'went-live', data: { from } }, provenance, { idempotencyKey: `went-live-${rules.id}` }));
};

const asLine = (rules: TreatyRules, message: Message): object => ({
  on: message.on, treaty: rules.id, to: message.recipient.role, contactId: message.recipient.contactId, language: message.recipient.language,
  messageId: messageIdOf(rules.id, message, 'simulation.example.org'), about: message.about,
});

const inText = (rules: TreatyRules, messages: readonly Message[], { from, confirm, limit }: { from: Day; confirm: boolean; limit: number }): string =>
  [
    ...messages.map(({ on, recipient, about }) => `${on}  ${recipient.role} ${recipient.contactId} (${recipient.language}): ${counted(about.length, 'open obligation')} of ${[...new Set(about.map(({ iso3 }) => iso3))].join(' ')}`),
    `The first run ${confirm ? 'will send' : 'would send'} ${counted(messages.length, 'message')}.`,
    ...(messages.length > limit ? [`That is more than NOTICE_RUN_LIMIT (${limit}): they wait until a registrar releases them.`] : []),
    confirm ? `${rules.title} goes live on ${inWords(from)}.` : 'Nothing was recorded. Add --confirm to go live.',
  ].join('\n');
