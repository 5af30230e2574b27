import { Inject, Injectable } from '@nestjs/common';
import { Problem } from '#platform';
import type { States } from '#record';
import type { TreatyRules } from '#treaty';
import { type EventFilter, eventTypes } from '#webhooks';
import { STATES, TREATY_RULES } from '../../ground/index.js';
import type { EventFilterQuery } from './queries.js';

/** What was asked for, as a filter; a name that means nothing is refused, because nothing would ever come. */
@Injectable()
export class EventFilters {
  private readonly known = new Set(eventTypes().map(({ type }) => type));

  constructor(
    @Inject(TREATY_RULES) private readonly treaties: ReadonlyMap<string, TreatyRules>,
    @Inject(STATES) private readonly states: States,
  ) {}

  /** @throws {Problem} 400 */
  of({ treaty, theme, ...asked }: EventFilterQuery): EventFilter {
    const types = together(asked.types, asked.type);
    const states = together(asked.states, asked.iso3);
    if (treaty !== undefined && !this.treaties.has(treaty)) throw refused(`There is no treaty "${treaty}" here. GET /v1/treaties lists those there are.`);
    const type = types?.find((one) => !this.known.has(one));
    if (type !== undefined) throw refused(`There are no events of type ${type}. GET /v1/events/types names all that there are.`);
    const state = states?.find((one) => !this.states.has(one));
    if (state !== undefined) throw refused(`"${state}" is no State that we know. States are named by their ISO 3166-1 code in three capitals, such as GNB.`);
    return { ...(treaty === undefined ? {} : { treaty }), ...(theme === undefined ? {} : { theme }), ...(types ? { types } : {}), ...(states ? { states } : {}) };
  }
}

const together = (...lists: (string[] | undefined)[]): string[] | undefined => (lists.some((one) => one !== undefined) ? [...new Set(lists.flatMap((one) => one ?? []))] : undefined);

const refused = (detail: string): Problem => new Problem(400, 'invalid-input', detail);
