import { type Command, Option } from 'commander';
import { type Task, TASK_KINDS, type TaskFilter, type TaskKind } from '#notices';
import { catchUp } from '../catch-up.js';
import { Misuse } from '../failure.js';
import { counted, JSON_OPTION, print } from '../output.js';
import type { Session } from '../session.js';

interface TasksOptions {
  treaty?: string;
  kind?: TaskKind;
  iso3?: string;
  json?: boolean;
}

export const addTasks = (program: Command, session: Session): void => {
  program
    .command('tasks')
    .description('what waits for a registrar; each task ends by itself when its cause is gone')
    .option('--treaty <id>', 'of one treaty, and what concerns all')
    .addOption(new Option('--kind <kind>', 'of one kind').choices(TASK_KINDS))
    .option('--iso3 <state>', 'of one State, such as GNB')
    .option(...JSON_OPTION)
    .action(async ({ treaty, kind, iso3, json }: TasksOptions) => {
      const ground = await session.ground();
      if (treaty !== undefined) await session.rules(treaty);
      if (iso3 !== undefined && !ground.states.has(iso3)) throw new Misuse(`"${iso3}" is no State that we know: give its three letters, such as LAO.`);
      await catchUp(ground);
      const filter: TaskFilter = { ...(treaty === undefined ? {} : { treaty }), ...(kind === undefined ? {} : { kind }), ...(iso3 === undefined ? {} : { iso3 }) };
      const items = await ground.notices.tasks.list(filter);
      print(json, { items }, () => (items.length === 0 ? 'Nothing waits for a registrar.' : [...items.map(inText), counted(items.length, 'task')].join('\n')));
    });
};

const inText = ({ kind, since, text, link }: Task): string => `${kind}${since === null ? '' : ` since ${since}`}: ${text}\n  ${link}`;
