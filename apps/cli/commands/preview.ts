import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { isAddress, TEMPLATE_KINDS, TEMPLATE_LANGUAGES, type TemplateKind, type TemplateLanguage } from '#notices';
import { instantOf } from '#platform';
import type { Day } from '#treaty';
import { day, TREATY_OPTION } from '../asked.js';
import { catchUp } from '../catch-up.js';
import { Misuse } from '../failure.js';
import { JSON_OPTION, print } from '../output.js';
import type { Session } from '../session.js';

interface PreviewOptions {
  iso3: string;
  language: TemplateLanguage;
  asAt?: Day;
  format: 'text' | 'html' | 'eml';
  sendTo?: string;
  treaty: string;
  json?: boolean;
}

export const addPreview = (program: Command, session: Session): void => {
  program
    .command('preview')
    .description('print a letter as it would read, with what the record says of a State; or send it to look at, marked as a test')
    .addArgument(new Argument('<kind>', 'which letter').choices(TEMPLATE_KINDS))
    .requiredOption('--iso3 <state>', 'the State whose record it speaks of, such as BIH')
    .addOption(new Option('--language <code>', 'language of the letter').choices(TEMPLATE_LANGUAGES).default('en'))
    .option('--as-at <day>', 'the day of the letter (today)', day)
    .addOption(new Option('--format <form>', 'what to print').choices(['text', 'html', 'eml']).default('text'))
    .option('--send-to <address>', 'send it there instead of printing it', address)
    .option(...TREATY_OPTION)
    .option(...JSON_OPTION)
    .action(async (kind: TemplateKind, { iso3, language, asAt, format, sendTo, treaty, json }: PreviewOptions) => {
      const ground = await session.ground();
      const rules = await session.rules(treaty);
      if (!ground.states.has(iso3)) throw new Misuse(`"${iso3}" is no State that we know: give its three letters, such as LAO.`);
      await catchUp(ground);
      const { previews, testLetters } = ground.notices;
      const asked = { kind, iso3, language, ...(asAt ? { asAt } : {}) };
      if (sendTo !== undefined) {
        const sent = await testLetters.send(rules, sendTo, asked, { actor: 'cli', mayWriteToAnyone: true });
        return print(json, sent, () => `${sent.outcome}: ${sent.subject}\n${sent.response}`);
      }
      const rendered = await previews.of(rules, asked);
      if (json) return print(json, { kind, iso3, language, subject: rendered.subject, text: rendered.text, html: rendered.html }, () => '');
      const mime = format === 'eml' ? await previews.mime(rendered, 'preview@example.org', instantOf(ground.clock)) : null;
      process.stdout.write(mime ?? (format === 'html' ? rendered.html : `${rendered.subject}\n\n${rendered.text}`));
    });
};

const address = (text: string): string => {
  if (isAddress(text)) return text;
  throw new InvalidArgumentError('One e-mail address is needed.');
};
