import { v5 } from 'uuid';
import type { EventLog, JsonObject, NewEvent } from '#event-log';

const NAMESPACE = '7c5b1d62-9a0e-4a6a-8a58-2f3e1c4b5d6f';

/** A plausible dossier: signed, deposited, obligations, reports, an extension. The same numbers give the same facts. */
const dossier = (treaty: number, state: number, count: number): { type: string; effectiveOn: string; data: JsonObject }[] => {
  const day = (year: number, seed: number): string => `${year}-${String(1 + (seed % 12)).padStart(2, '0')}-${String(1 + (seed % 28)).padStart(2, '0')}`;
  const joined = 2009 + ((treaty + state) % 8);
  const facts: { type: string; effectiveOn: string; data: JsonObject }[] = [
    { type: 'Signed.v1', effectiveOn: '2008-12-03', data: {} },
    { type: 'InstrumentDeposited.v1', effectiveOn: day(joined, state * 7 + treaty), data: { instrument: 'ratification' } },
    { type: 'ObligationDeclared.v1', effectiveOn: day(joined + 1, state), data: { article: 3 } },
    { type: 'ReportSubmitted.v1', effectiveOn: day(joined + 1, state + 5), data: { kind: 'initial', years: [], form: 'full' } },
    { type: 'ReportSubmitted.v1', effectiveOn: day(joined + 3, state + 2), data: { kind: 'annual', years: [joined + 2], form: 'full' } },
    { type: 'ObligationDeclared.v1', effectiveOn: day(joined + 2, state + 3), data: { article: 4 } },
    { type: 'ReportSubmitted.v1', effectiveOn: day(joined + 4, state + 2), data: { kind: 'annual', years: [joined + 3], form: 'cover' } },
    { type: 'ObligationCompleted.v1', effectiveOn: day(joined + 6, state + 1), data: { article: 3 } },
    { type: 'ReportSubmitted.v1', effectiveOn: day(joined + 5, state + 2), data: { kind: 'annual', years: [joined + 4], form: 'full' } },
  ];
  return facts.slice(0, count);
};

/** Fills the log: `total` events over treaties × States, whole dossiers at a time, several batches under way at once. */
export const fill = async (log: EventLog, { total, treaties, states }: { total: number; treaties: readonly string[]; states: readonly string[] }, onProgress: (done: number) => void): Promise<number> => {
  const dossiers = treaties.length * states.length;
  let written = 0;
  let next = 0;
  const write = async (): Promise<void> => {
    while (next < dossiers) {
      const writes = [];
      for (let size = 0; size < 900 && next < dossiers; next++) {
        const facts = Math.floor(((next + 1) * total) / dossiers) - Math.floor((next * total) / dossiers);
        const [treaty, state] = [Math.floor(next / states.length), next % states.length];
        const stream = `dossier-${treaties[treaty]}-${states[state]}`;
        writes.push({ stream, expected: 'none' as const, events: dossier(treaty, state, facts).map((fact, index) => eventOf(stream, index, fact)) });
        size += facts;
      }
      await log.appendAll(writes);
      written += writes.reduce((sum, { events }) => sum + events.length, 0);
      onProgress(written);
    }
  };
  await Promise.all([write(), write(), write(), write()]);
  return written;
};

const eventOf = (stream: string, index: number, { type, effectiveOn, data }: { type: string; effectiveOn: string; data: JsonObject }): NewEvent => ({
  id: v5(`${stream} ${index}`, NAMESPACE), type, recordedAt: '2026-11-01T00:00:00.000Z',
  data: { effectiveOn, knownBy: null, knownOn: effectiveOn, data },
  metadata: { actor: 'import:synthetic', source: { title: 'Synthetic record for a trial of load', reference: `${stream}/${index}` }, correlation: 'bench', history: true },
});
