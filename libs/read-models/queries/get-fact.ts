import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { AnyFact, TreatyRules } from '#treaty';
import type { DossierReader } from '../dossiers/reader.js';
import { DOSSIER_READER } from '../tokens.js';

/** One fact of a State by its id, as it was recorded; null where there is none. */
export class GetFact extends Query<AnyFact | null> {
  constructor(
    readonly rules: TreatyRules,
    readonly iso3: string,
    readonly id: string,
  ) {
    super();
  }
}

@QueryHandler(GetFact)
export class GetFactHandler implements IQueryHandler<GetFact> {
  constructor(@Inject(DOSSIER_READER) private readonly reader: DossierReader) {}

  async execute({ rules, iso3, id }: GetFact): Promise<AnyFact | null> {
    const { facts } = await this.reader.state(rules.id, iso3);
    return facts.find((fact) => fact.id === id) ?? null;
  }
}
