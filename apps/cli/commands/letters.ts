import { type Command, InvalidArgumentError, Option } from 'commander';
import { holdKind, type HoldOutcome, type MessageRow, type Notices, type Run, type Scope, type WaitingHold } from '#notices';
import { day, TREATY_OPTION } from '../asked.js';
import { Failure, Misuse } from '../failure.js';
import { counted, JSON_OPTION, print, table } from '../output.js';
import type { Session } from '../session.js';

type How = 'hold' | 'release' | 'skip';

interface Which {
  treaty: string;
  message?: string;
  iso3?: string;
  run?: string;
  all?: boolean;
  reason?: string;
  json?: boolean;
}

const TITLES: Record<How, string> = {
  hold: 'hold a message, all letters about a State, the run of a day, or all of a treaty',
  release: 'let go what was held: one message a contact, with all that waited for it',
  skip: 'do not send what is planned or held',
};
const ACTOR = 'cli';

export const addLetters = (program: Command, session: Session): void => {
  const letters = program.command('letters').description('what is to go out: runs, holds, and messages that wait for a person');
  letters.command('runs').description('days with messages, and how many are where; newest first')
    .option('--limit <number>', 'how many days, 1 to 1000', limit, 30).option(...TREATY_OPTION).option(...JSON_OPTION)
    .action(async ({ treaty, json, limit: most }: { treaty: string; json?: boolean; limit: number }) => {
      const { id } = await session.rules(treaty);
      const items = await (await session.ground()).notices.holds.runs(id, { limit: most });
      print(json, { items }, () => (items.length === 0 ? 'No messages were planned yet.' : table([['day', 'messages', 'of these', 'on hold'], ...items.map(runInText)])));
    });
  letters.command('holds').description('what is on hold: States, runs, the treaty').option(...TREATY_OPTION).option(...JSON_OPTION)
    .action(async ({ treaty, json }: { treaty: string; json?: boolean }) => {
      const { id } = await session.rules(treaty);
      const items = await (await session.ground()).notices.holds.list(id);
      print(json, { items }, () => (items.length === 0 ? 'Nothing is on hold.' : items.map(holdInText).join('\n')));
    });
  for (const how of ['hold', 'release', 'skip'] as const) addStep(letters, session, how);
  addSettling(letters, session, 'arrived', 'say that a message arrived whose outcome is unknown, or that failed and was told in another way');
  addSettling(letters, session, 'again', 'send a message again that failed or whose outcome is unknown');
};

const addStep = (letters: Command, session: Session, how: How): void => {
  const reason = '--reason <text>';
  const command = letters.command(how).description(TITLES[how])
    .addOption(new Option('--message <id>', 'one message').conflicts(['iso3', 'run', 'all'])).addOption(new Option('--iso3 <state>', 'all letters about a State, such as GNB').conflicts(['run', 'all']))
    .addOption(new Option('--run <day>', 'the run of a day').argParser(day).conflicts('all')).option('--all', 'all letters of the treaty').option(...TREATY_OPTION).option(...JSON_OPTION);
  if (how === 'release') command.option(reason, 'why; on record');
  else command.requiredOption(reason, 'why; on record');
  command.action(async (which: Which) => {
    const { notices, states } = await session.ground();
    const { id: treaty } = await session.rules(which.treaty);
    const why = reasonOf(which.reason);
    if (which.message !== undefined) return stepOfMessage(notices, which.message, how, why, which.json);
    if (which.iso3 === undefined && which.run === undefined && !which.all) throw new Misuse('Say which: --message ID, --iso3 STATE, --run DAY or --all.');
    if (which.iso3 !== undefined && !states.has(which.iso3)) throw new Misuse(`"${which.iso3}" is no State that we know: give its three letters, such as LAO.`);
    const scope: Scope = { treaty, ...(which.iso3 === undefined ? {} : { iso3: which.iso3 }), ...(which.run === undefined ? {} : { on: which.run }) };
    const by = { actor: ACTOR, reason: why ?? '' };
    const outcome = how === 'release' ? await notices.holds.release(scope, { actor: ACTOR, reason: why }) : await notices.holds[how](scope, by);
    print(which.json, outcome, () => outcomeInText(how, outcome));
  });
};

const stepOfMessage = async (notices: Notices, id: string, how: How, reason: string | null, json: boolean | undefined): Promise<void> => {
  await messageOf(notices, id);
  await notices.outbox[how](id, { actor: ACTOR, reason });
  show(await messageOf(notices, id), json);
};

const addSettling = (letters: Command, session: Session, how: 'arrived' | 'again', description: string): void => {
  letters.command(how).description(description).argument('<id>', 'the message').requiredOption('--reason <text>', 'why; on record').option(...JSON_OPTION)
    .action(async (id: string, { reason, json }: { reason: string; json?: boolean }) => {
      const { notices } = await session.ground();
      const { changedAt } = await messageOf(notices, id);
      const by = { actor: ACTOR, reason: reasonOf(reason) };
      if (how === 'arrived') await notices.outbox.arrived(id, by);
      else await notices.outbox.sendAgain(id, changedAt.toISOString(), by);
      show(await messageOf(notices, id), json);
    });
};

const messageOf = async ({ outbox }: Notices, id: string): Promise<MessageRow> => {
  const row = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? await outbox.find(id) : null;
  if (!row) throw new Failure(`There is no message "${id.slice(0, 40)}". The correspondence of each State lists those there are.`);
  return row;
};

const show = ({ id, status, reason, on, role, states }: MessageRow, json: boolean | undefined): void =>
  print(json, { id, status, reason, on, to: role, states }, () => `${status}: the message of ${on} to the ${role} about ${states.join(', ')}.${reason === null ? '' : ` ${reason}`}`);

const reasonOf = (text: string | undefined): string | null => {
  if (text === undefined) return null;
  if (text.trim() === '' || text.length > 500 || /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text)) throw new Misuse('--reason must be a text of 1 to 500 characters.');
  return text;
};

const limit = (text: string): number => {
  if (/^([1-9]\d{0,2}|1000)$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A number from 1 to 1000 is needed.');
};

const runInText = ({ on, messages, counts, hold }: Run): (string | number)[] => [on, messages, Object.entries(counts).map(([status, count]) => `${count} ${status}`).join(', '), hold?.reason ?? ''];

const nameOf = ({ treaty, iso3, on }: WaitingHold): string => ({ state: `letters about ${iso3} (${treaty})`, run: `the run of ${on} (${treaty})`, treaty: `all letters of ${treaty}` })[holdKind({ iso3, on })];

const holdInText = (hold: WaitingHold): string => `${nameOf(hold)}, since ${hold.since.toISOString().slice(0, 10)} by ${hold.by}: ${hold.reason} (${counted(hold.waiting, 'message waits', 'messages wait')})`;

const DONE: Record<How, string> = { hold: 'held', release: 'released', skip: 'skipped' };

const outcomeInText = (how: How, { hold, turned, onTheirWay }: HoldOutcome): string =>
  [
    `${counted(turned, 'message')} ${DONE[how]}.`,
    ...(onTheirWay > 0 ? [`${counted(onTheirWay, 'message was', 'messages were')} on the way to the mail server already.`] : []),
    ...(hold && hold.releasedAt === null ? [`On hold: ${holdInText(hold)}`] : []),
  ].join('\n');
