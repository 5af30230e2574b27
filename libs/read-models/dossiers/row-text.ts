import type { AnyFact } from '#treaty';

/**
 * A fact in a dossier's row: its values without their names, since a board reads the rows of all States. `knownOn` is
 * null where it is the date of effect, as it mostly is.
 */
export type FactInRow = [id: string, type: string, recordedAt: string, effectiveOn: string | null, knownOn: string | null, knownBy: string | null, data: object];

export const factToRow = ({ id, type, recordedAt, effectiveOn, knownOn, knownBy, data }: AnyFact): string =>
  JSON.stringify([id, type, recordedAt, effectiveOn, knownOn === effectiveOn ? null : knownOn, knownBy, data] satisfies FactInRow);

export const factsOfRow = (facts: readonly FactInRow[]): AnyFact[] =>
  facts.map(([id, type, recordedAt, effectiveOn, knownOn, knownBy, data]) => ({ id, type, recordedAt, effectiveOn, knownBy, knownOn: knownOn ?? effectiveOn, data }) as AnyFact);
