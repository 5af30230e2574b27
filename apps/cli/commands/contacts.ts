import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { BadContactList, contactsFromCsv, contactsToCsv } from '#notices';
import { readLanguages } from '#record';
import { dataFolder } from '../../ground/index.js';
import { Failure } from '../failure.js';
import { JSON_OPTION, print } from '../output.js';
import type { Session } from '../session.js';

export const addContacts = (program: Command, session: Session): void => {
  const contacts = program.command('contacts').description('the list of those who are written to');
  contacts.command('import').description('take in a table of contacts: all of it, or nothing where one line is wrong').argument('<file>', 'columns role, iso3 and email, and if you like name, office, language and timeZone')
    .option('--dry-run', 'say what would change, and change nothing')
    .option(...JSON_OPTION)
    .action(async (file: string, { dryRun = false, json }: { dryRun?: boolean; json?: boolean }) => {
      const text = await readFile(file, 'utf8').catch(() => null);
      if (text === null) throw new Failure(`${file} is no file that can be read.`);
      const { notices, states } = await session.ground();
      const languages = await readLanguages(dataFolder('ccm'));
      try {
        const taken = await notices.contacts.takeIn(contactsFromCsv(text, (iso3) => states.has(iso3), languages), { dryRun });
        print(json, { dryRun, ...taken }, () => `${dryRun ? 'It would be: ' : ''}${taken.added} added, ${taken.changed} changed, ${taken.unchanged} as they were.`);
      } catch (error) {
        throw error instanceof BadContactList ? new Failure(`${error.message} Nothing was taken in.`) : error;
      }
    });
  contacts.command('export').description('print the contact list as a table, in the form that an import takes')
    .option(...JSON_OPTION)
    .action(async ({ json }: { json?: boolean }) => {
      const { notices } = await session.ground();
      const list = await notices.contacts.list();
      if (json) console.log(JSON.stringify(list, null, 2));
      else process.stdout.write(contactsToCsv(list));
    });
};
