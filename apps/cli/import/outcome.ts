import type { LoadSummary } from '#record';
import { counted } from '../output.js';

interface Rehearsed {
  dryRun?: boolean;
}

/** As JSON: rows are named by their file and line. */
export const summaryOf = ({ recorded, known, refused, flagged, position }: LoadSummary, { dryRun = false }: Rehearsed = {}): object => ({
  dryRun,
  ...(dryRun ? { wouldRecord: recorded } : { recorded }),
  known,
  refused: refused.map(({ entry, code, reason }) => ({ ...entry.from, code, reason })),
  flagged: flagged.map(({ entry, flags }) => ({ ...entry.from, flags })),
  ...(dryRun ? {} : { position }),
});

export const inText = ({ recorded, known, refused, flagged }: LoadSummary, { dryRun = false }: Rehearsed = {}): string =>
  [
    ...refused.map(({ entry: { from }, reason }) => `${from.file}:${from.line} refused: ${reason}`),
    ...flagged.map(({ entry: { from }, flags }) => `${from.file}:${from.line} flagged: ${flags.join(', ')}`),
    `${counted(recorded, 'fact')} ${dryRun ? 'would be recorded' : 'recorded'}, ${known} on record already, ${refused.length} refused, ${flagged.length} flagged.`,
    ...(dryRun ? ['Nothing was recorded.'] : []),
  ].join('\n');
