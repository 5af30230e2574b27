import { rename, writeFile } from 'node:fs/promises';
import { type Command } from 'commander';
import { copyOf } from '#event-log';
import { type Directory, type Message, messageIdOf, readWholeRecord, REGISTRAR, sampleDirectory, simulate, type WholeRecord } from '#notices';
import { todayOf } from '#platform';
import { importerOf, loadRecord, readLanguages, readRecord } from '#record';
import { type Day, treatyStreams, type TreatyRules } from '#treaty';
import { dataFolder, type Ground } from '../../ground/index.js';
import { day, TREATY_OPTION } from '../asked.js';
import { Misuse } from '../failure.js';
import { counted, JSON_OPTION, progress } from '../output.js';
import type { Session } from '../session.js';

interface SimulateOptions {
  from: Day;
  to: Day;
  out?: string;
  treaty: string;
  sampleContacts?: boolean;
  goLive?: boolean;
  json?: boolean;
}

export const addSimulate = (program: Command, session: Session): void => {
  program
    .command('simulate')
    .description('every message that would have gone out between two days, each by what was known on its day; nothing is sent')
    .requiredOption('--from <day>', 'first day', day)
    .requiredOption('--to <day>', 'last day', day)
    .option('--out <file>', 'store the messages there, one JSON object a line')
    .option('--sample-contacts', 'write to a made-up focal point of each State and a made-up coordinator of each coordinating State')
    .option('--go-live', 'begin with the digest of going live, instead of as if it had been live for long')
    .option(...TREATY_OPTION)
    .option(...JSON_OPTION)
    .action(async (options: SimulateOptions) => {
      if (options.to < options.from) throw new Misuse('--to lies before --from.');
      const ground = await session.ground();
      const rules = await session.rules(options.treaty);
      const { dossiers, record } = await wholeRecord(session, ground, rules);
      const lines: string[] = [];
      const shown = progress(`Simulating ${options.from} to ${options.to}`);
      const messages = simulate({
        rules, dossiers, record, directory: await directoryOf(options), from: options.from, to: options.to, goLive: options.goLive, knownUntil: todayOf(ground.clock),
      });
      const days = daysBetween(options.from, options.to);
      for (const message of messages) {
        const line = JSON.stringify(asLine(rules, message));
        lines.push(line);
        shown.show(daysBetween(options.from, message.on), days);
        if (!options.out || options.json) console.log(options.json ? line : inText(message));
      }
      if (options.out) await store(options.out, lines);
      shown.end(`${counted(lines.length, 'message')}${options.out ? `, in ${options.out}` : ''}`);
    });
};

/** What is on record; where nothing is, the tables that come with the program. */
const wholeRecord = async (session: Session, ground: Ground, rules: TreatyRules): Promise<WholeRecord> => {
  const onRecord = await readWholeRecord(ground.log, rules.id);
  if (onRecord.dossiers.size > 0) return onRecord;
  const log = await copyOf(ground.log, treatyStreams(rules.id));
  const { commands } = await session.buses({ ...ground, log });
  const entries = await readRecord(dataFolder(rules.id), rules, ground.states, todayOf(ground.clock));
  await loadRecord(commands, rules, entries, { actor: importerOf(rules.id) });
  return readWholeRecord(log, rules.id);
};

const directoryOf = async ({ sampleContacts }: SimulateOptions): Promise<Directory> =>
  sampleContacts ? sampleDirectory(await readLanguages(dataFolder('ccm'))) : { ofState: () => null, coordinatorsOf: () => [], registrar: REGISTRAR };

const asLine = (rules: TreatyRules, message: Message): object => ({
  on: message.on, treaty: rules.id, to: message.recipient.role, contactId: message.recipient.contactId, language: message.recipient.language,
  messageId: messageIdOf(rules.id, message, 'simulation.example.org'), about: message.about,
});

const inText = ({ on, recipient, about }: Message): string =>
  `${on}  ${recipient.role} ${recipient.contactId} (${recipient.language}): ${about.map(({ iso3, kind, year, dueOn, step }) => `${iso3} ${kind}${year === undefined ? '' : ` ${year}`} due ${dueOn ?? '?'} ${step}`).join('; ')}`;

/** Whole or not at all. */
const store = async (file: string, lines: readonly string[]): Promise<void> => {
  const beside = `${file}.${process.pid}.new`;
  await writeFile(beside, lines.map((line) => `${line}\n`).join(''));
  await rename(beside, file);
};

const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
