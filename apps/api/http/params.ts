import { Inject, Injectable, type PipeTransform } from '@nestjs/common';
import { Problem } from '#platform';
import type { States } from '#record';
import { isDay, type TreatyRules } from '#treaty';
import { STATES, TREATY_RULES } from '../../ground/index.js';

/** `ccm` → its rules. */
@Injectable()
export class TreatyPipe implements PipeTransform<string, TreatyRules> {
  constructor(@Inject(TREATY_RULES) private readonly treaties: ReadonlyMap<string, TreatyRules>) {}

  transform(id: string): TreatyRules {
    const rules = this.treaties.get(id);
    if (rules) return rules;
    throw new Problem(404, 'unknown-treaty', `There is no treaty "${id.slice(0, 40)}" here. GET /v1/treaties lists those there are.`);
  }
}

/** `GNB`, if there is such a State. */
@Injectable()
export class StatePipe implements PipeTransform<string, string> {
  constructor(@Inject(STATES) private readonly states: States) {}

  transform(code: string): string {
    if (this.states.has(code)) return code;
    throw new Problem(404, 'unknown-state', `"${code.slice(0, 40)}" is no State that we know. States are named by their ISO 3166-1 code in three capitals, such as GNB.`);
  }
}

@Injectable()
export class DayPipe implements PipeTransform<string, string> {
  transform(day: string): string {
    if (isDay(day)) return day;
    throw new Problem(400, 'invalid-date', `"${day.slice(0, 40)}" is no day that exists. Days are written like 2027-02-01.`);
  }
}

@Injectable()
export class MeetingPipe implements PipeTransform<string, string> {
  transform(id: string): string {
    if (/^[A-Za-z0-9.]{1,20}$/.test(id)) return id;
    throw new Problem(400, 'invalid-meeting', 'A meeting is named by letters and digits, such as 12MSP.');
  }
}
