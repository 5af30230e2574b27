import type { EventLog } from '#event-log';
import { Problem } from '#platform';
import { type AnyFact, type AnyProposal, assess, type Assessment, decide, type Ground, END_OF_TIME, readFact, treatyAt, type TreatyRecord } from '#treaty';
import { loadStream } from './dossier.js';
import type { Guards } from './recording.js';

/** What a command would record, and how the State's standing would change, before and after. Nothing is recorded. */
export interface Preview {
  dryRun: true;
  wouldRecord: object;
  flags: string[];
  before: Standing;
  after: Standing;
}

type Standing = Pick<Assessment, 'participation' | 'obligations'>;

export const preview = async (log: EventLog, stream: string, proposal: AnyProposal, ground: Omit<Ground, 'facts'>, guards: Guards): Promise<Preview> => {
  const { events, revision } = await loadStream(log, stream);
  if (guards.ifRevision !== undefined && guards.ifRevision !== revision) {
    throw new Problem(412, 'stale-revision', `Somebody else recorded something in between (revision ${revision}, you saw ${guards.ifRevision}).`);
  }
  const facts = events.map(readFact);
  const { fact, flags } = decide(proposal, { ...ground, facts });
  const added = { ...fact, id: 'would-be', recordedAt: END_OF_TIME };
  return { dryRun: true, wouldRecord: fact, flags, before: standingOf(ground, facts), after: standingOf(ground, [...facts, added], added) };
};

const standingOf = ({ rules, iso3, record, today }: Omit<Ground, 'facts'>, facts: AnyFact[], added?: AnyFact): Standing => {
  const cut = { asAt: today, knownOn: today, recordedBy: END_OF_TIME };
  const own = record.deposits.get(iso3) ?? [];
  const deposits = added && (added.type === 'instrument-deposited' || own.length > 0) ? new Map([...record.deposits, [iso3, [...own, added]]]) : record.deposits;
  const after: TreatyRecord = { ...record, deposits };
  const { participation, obligations } = assess(rules, facts, treatyAt(rules, after, cut), cut);
  return { participation, obligations };
};
