import { type Command, Option } from 'commander';
import { day, TREATY_OPTION } from '../asked.js';
import { Misuse } from '../failure.js';
import { importCsv } from '../import/csv.js';
import type { ImportOptions } from '../import/options.js';
import { importXml } from '../import/xml.js';
import { JSON_OPTION } from '../output.js';
import type { Session } from '../session.js';

export const addImport = (program: Command, session: Session): void => {
  program.command('import').description("load tables of the record, or lay the depositary's status table beside it")
    .addOption(new Option('--csv <folder>', 'tables as in data/ccm').conflicts(['xml', 'confirm', 'asOf']))
    .option('--xml <file>', 'a status page of the UN Treaty Collection, such as XXVI-6.en.xml')
    .option(...TREATY_OPTION)
    .addOption(new Option('--dry-run', 'say what would be recorded, and record nothing').conflicts('confirm'))
    .addOption(new Option('--confirm [all]', 'with --xml: ask for each proposed fact, or record all of them').choices(['all']))
    .option('--as-of <day>', 'with --xml: the day of the file', day)
    .option(...JSON_OPTION)
    .action(async (options: ImportOptions) => {
      if (options.csv !== undefined) return importCsv(session, options.csv, options);
      if (options.xml !== undefined) return importXml(session, options.xml, options);
      throw new Misuse('Say what to import: --csv FOLDER or --xml FILE.');
    });
};
