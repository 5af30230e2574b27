import { Command, CommanderError } from 'commander';
import { untilTold } from '../ground/index.js';
import { addBounces } from './commands/bounces.js';
import { addContacts } from './commands/contacts.js';
import { addCopy } from './commands/copy.js';
import { addDoctor } from './commands/doctor.js';
import { addForecast } from './commands/forecast.js';
import { addImport } from './commands/import.js';
import { addKeys } from './commands/keys.js';
import { addLetters } from './commands/letters.js';
import { addLive } from './commands/live.js';
import { addPreview } from './commands/preview.js';
import { addRebuild } from './commands/rebuild.js';
import { addReseal } from './commands/reseal.js';
import { addRestored } from './commands/restored.js';
import { addSimulate } from './commands/simulate.js';
import { addState } from './commands/state.js';
import { addStatus } from './commands/status.js';
import { addTasks } from './commands/tasks.js';
import { addTidy } from './commands/tidy.js';
import { addVerify } from './commands/verify.js';
import { isMisuse, sentenceOf } from './failure.js';
import { Session } from './session.js';

const session = new Session();
// Commands take exitOverride over from here, so it comes before them.
const program = new Command('pacta').description('The record of a disarmament treaty, from the command line.').exitOverride();
for (const add of [addStatus, addState, addImport, addKeys, addVerify, addRebuild, addTidy, addReseal, addRestored, addDoctor, addSimulate, addForecast, addContacts, addCopy, addBounces, addPreview, addLive, addLetters, addTasks]) add(program, session);
program.addHelpText('after', '\nWorks on the database of DATABASE_URL, else on the embedded one, whether the service runs or not.\nExit codes: 0 fine, 1 refused or failed, 2 wrong usage.');

/** The command's own exit code stays unless something is thrown. */
const codeOf = (error: unknown): number => {
  // Commander has said already what is wrong; help that was asked for is no mistake.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  console.error(sentenceOf(error));
  return isMisuse(error) ? 2 : 1;
};

// Whoever reads our output may have seen enough, as `head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => (error.code === 'EPIPE' ? process.exit(0) : undefined));

const INTERRUPTED = 130;
try {
  const interrupted = untilTold().then(() => INTERRUPTED);
  const code = await Promise.race([program.parseAsync(), interrupted]);
  if (code === INTERRUPTED) process.exitCode = INTERRUPTED;
} catch (error) {
  process.exitCode = codeOf(error);
}
await session.close();
// A pipe may still be filling: to exit now would cut the result short.
for (const stream of [process.stdout, process.stderr]) await new Promise((resolve) => stream.write('', resolve));
process.exit();
