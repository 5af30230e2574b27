import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { liveTreaties, newestFactAt, refuseReadModelsOfOtherLog } from '#read-models';
import { catchUp } from '../catch-up.js';
import { Misuse } from '../failure.js';
import { counted, JSON_OPTION, print } from '../output.js';
import type { Session } from '../session.js';

const HOLD = { actor: 'cli', reason: 'A backup was brought back: what was sent since it was made must not go out again.' };
const TOLD = { actor: 'cli', reason: 'It was sent before the backup was brought back.' };

interface Restored {
  /** When the newest fact was recorded; null where there is none. */
  newest: string | null;
  /** Treaties whose letters are on hold. */
  onHold: string[];
  /** Messages that had been sent, by what is known elsewhere. */
  toldBefore: number;
  /** Messages that wait for a release. */
  waiting: number;
  /** Whether webhooks had taken in what is not in the log any more, and go on from its end. */
  webhooksFromEnd: boolean;
}

export const addRestored = (program: Command, session: Session): void => {
  program.command('restored').description('after bringing back a backup, before the service starts: hold all letters, and find those that were sent since it was made')
    .option('--sent <files...>', 'logs of the mail server, or mails: messages whose Message-ID they name count as sent')
    .option(...JSON_OPTION)
    .action(async ({ sent = [], json }: { sent?: string[]; json?: boolean }) => {
      const ids = [...new Set((await Promise.all(sent.map(messageIdsIn))).flat())];
      const ground = await session.groundOnAnyLog();
      const { pool, log, notices, webhooks } = ground;
      await refuseReadModelsOfOtherLog(pool, log);
      await catchUp(ground);
      const webhooksFromEnd = await webhooks.goOnFromEnd();
      const onHold = [...(await liveTreaties(pool)).keys()];
      for (const treaty of onHold) await notices.holds.hold({ treaty }, HOLD);
      const toldBefore = (await notices.toldBefore.byLog(TOLD)) + (await notices.toldBefore.byMessageIds(ids, TOLD));
      const waiting = (await Promise.all(onHold.map((treaty) => notices.holds.list(treaty)))).flat().reduce((sum, hold) => sum + hold.waiting, 0);
      const result: Restored = { newest: await newestFactAt(pool), onHold, toldBefore, waiting, webhooksFromEnd };
      print(json, result, () => inText(result));
    });
};

/** A mail server's log may be long, so it is read line by line. */
const messageIdsIn = async (file: string): Promise<string[]> => {
  const ids: string[] = [];
  try {
    for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) ids.push(...line.slice(0, 10_000).matchAll(/<[^<>\s]+@[^<>\s]+>/g).map(([id]) => id));
  } catch {
    throw new Misuse(`"${file}" cannot be read.`);
  }
  return ids;
};

const inText = ({ newest, onHold, toldBefore, waiting, webhooksFromEnd }: Restored): string =>
  [
    newest === null ? 'There are no facts.' : `The newest fact was recorded at ${newest}. What was recorded after it is not here any more: record it again.`,
    onHold.length === 0 ? 'No treaty is live: there are no letters to hold.' : `On hold: all letters of ${onHold.join(', ')}.`,
    `${counted(toldBefore, 'message was', 'messages were')} sent already and will not go out again. ${counted(waiting, 'message waits', 'messages wait')}.`,
    ...(webhooksFromEnd ? ['The log is older than what was published. That stays published; webhooks go on from the end of the log.'] : []),
    ...(onHold.length === 0 ? [] : ['Start the service; after its first round, run this again with --sent and the log of the mail server. Then: letters release --all, for each treaty.']),
  ].join('\n');
