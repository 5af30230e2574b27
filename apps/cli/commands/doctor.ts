import type { Command } from 'commander';
import { eventLogAnswers } from '../doctor/event-log.js';
import { dataPlace, diskSpace } from '../doctor/place.js';
import { nodeVersion, portFree, settingsUsable } from '../doctor/machine.js';
import { recordChecks } from '../doctor/record.js';
import { serverAnswers } from '../doctor/server.js';
import type { Finding } from '../doctor/finding.js';
import { JSON_OPTION, print, table } from '../output.js';
import type { Session } from '../session.js';

export const addDoctor = (program: Command, session: Session): void => {
  program.command('doctor').description('look at everything that Pacta needs, and say what to do where it is not well')
    .option(...JSON_OPTION)
    .action(async ({ json }: { json?: boolean }) => {
      const findings = await examine(session);
      const ok = findings.every((finding) => finding.ok);
      print(json, { ok, findings }, () => table(findings.map(({ name, ok: well, detail, advice }) => [well ? 'ok' : 'problem', name, advice ? `${detail} → ${advice}` : detail])));
      if (!ok) process.exitCode = 1;
    });
};

/** What rests on something that is not well is not looked at. */
const examine = async (session: Session): Promise<Finding[]> => {
  const findings = [nodeVersion(), settingsUsable()];
  if (!findings[1]?.ok) return findings;
  const server = await serverAnswers(session);
  const log = await eventLogAnswers();
  findings.push(dataPlace(), server, ...log);
  if (server.ok && log.every(({ ok }) => ok)) findings.push(...(await recordChecks(session)));
  return [...findings, await portFree(), ...(await diskSpace())];
};
