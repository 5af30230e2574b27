import { type Command, InvalidArgumentError } from 'commander';
import type { ForecastItem } from '#notices';
import { readLanguages } from '#record';
import { dataFolder } from '../../ground/index.js';
import { TREATY_OPTION } from '../asked.js';
import { catchUp } from '../catch-up.js';
import { Misuse } from '../failure.js';
import { counted, JSON_OPTION, print } from '../output.js';
import type { Session } from '../session.js';

interface ForecastOptions {
  months: number;
  iso3?: string;
  treaty: string;
  json?: boolean;
}

export const addForecast = (program: Command, session: Session): void => {
  program
    .command('forecast')
    .description('which reminders would go out from tomorrow on, by what is known today; nothing is sent')
    .option('--months <number>', 'how far to look ahead, 1 to 36', months, 12)
    .option('--iso3 <state>', 'one State only, such as GNB')
    .option(...TREATY_OPTION)
    .option(...JSON_OPTION)
    .action(async ({ months: ahead, iso3, treaty, json }: ForecastOptions) => {
      const ground = await session.ground();
      const rules = await session.rules(treaty);
      if (iso3 !== undefined && !ground.states.has(iso3)) throw new Misuse(`"${iso3}" is no State that we know: give its three letters, such as LAO.`);
      await catchUp(ground);
      const items = await ground.notices.forecast.of(rules, { months: ahead, ...(iso3 === undefined ? {} : { iso3 }), languages: await readLanguages(dataFolder('ccm')) });
      print(json, { items }, () => (items.length === 0 ? 'Nothing would go out.' : [...items.map(inText), counted(items.length, 'message')].join('\n')));
    });
};

const months = (text: string): number => {
  if (/^([1-9]|[12]\d|3[0-6])$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A number of months from 1 to 36 is needed.');
};

const inText = ({ on, to, contactId, language, about }: ForecastItem): string =>
  `${on}  ${to} ${contactId ?? '(nobody known)'} (${language}): ${about.map(({ iso3, kind, year, dueOn, step }) => `${iso3} ${kind}${year === undefined ? '' : ` ${year}`} due ${dueOn ?? '?'} ${step}`).join('; ')}`;
