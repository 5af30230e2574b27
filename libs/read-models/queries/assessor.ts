import { assess, type Assessment, type AssessedState, type Cut, type TreatyAt, treatyAt, type TreatyRules } from '#treaty';
import type { DossierReader } from '../dossiers/reader.js';

export interface AssessedTreaty {
  assessed: AssessedState[];
  treaty: TreatyAt;
  position: number;
}

/** Reads and assesses: every number that is served comes through here. */
export class Assessor {
  constructor(private readonly reader: DossierReader) {}

  async state(rules: TreatyRules, iso3: string, cut: Cut): Promise<{ assessment: Assessment; treaty: TreatyAt; revision: number; position: number }> {
    const { facts, record, revision, position } = await this.reader.state(rules.id, iso3);
    const treaty = treatyAt(rules, record, cut);
    return { assessment: assess(rules, facts, treaty, cut), treaty, revision, position };
  }

  /** All States of which anything is on record, by their code; with `explain`, each due date with its derivation. */
  async treaty(rules: TreatyRules, cut: Cut, options: { explain: boolean } = { explain: false }): Promise<AssessedTreaty> {
    const { dossiers, record, position } = await this.reader.treaty(rules.id);
    const treaty = treatyAt(rules, record, cut);
    return { assessed: [...dossiers].map(([iso3, { facts }]) => [iso3, assess(rules, facts, treaty, cut, options)] as const), treaty, position };
  }
}
