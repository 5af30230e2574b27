import { Body, Controller, Headers, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import type { Principal } from '#access';
import { type Preview, type Provenance, type Recorded, RecordFact } from '#dossiers';
import { EVENT_LOG, type EventLog } from '#event-log';
import { DATABASE, Problem } from '#platform';
import { GetFact, waitForPosition } from '#read-models';
import type { AnyFact, AnyProposal, FactData, TreatyRules } from '#treaty';
import { Allow, Asker } from '../access/permission.decorator.js';
import { guardsFrom } from '../http/guards.js';
import { StatePipe, TreatyPipe } from '../http/params.js';
import { CommandQuery } from '../http/queries.js';
import { validated } from '../http/validation.js';
import { PREVIEW_EXAMPLE, PROBLEM_EXAMPLE, RECORDED_EXAMPLE } from '../treaties/examples.js';
import { FACT_DATA } from './data/index.js';
import { answered } from './answered.js';
import { FactBody } from './fact.body.js';

@ApiTags('Recording')
@ApiParam({ name: 'treaty', type: String, example: 'ccm' })
@Controller('v1/treaties/:treaty/states/:iso3/facts')
@Allow('record')
export class FactsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(DATABASE) private readonly pool: Pool,
  ) {}

  @Post()
  @HttpCode(201)
  @ApiOperation({
    summary: 'Record a fact about a State, or correct or retract one',
    description: 'Nothing is ever erased: a mistake is corrected (`fact-corrected`) or retracted (`fact-retracted`) by a further fact. Try a command first with `?dryRun=true`.',
  })
  @ApiParam({ name: 'iso3', example: 'NIU' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'A text of your own, such as a UUID. The same key with the same command is recorded once, however often it is sent.' })
  @ApiHeader({ name: 'If-Match', required: false, description: 'ETag of the State’s page: record only if nobody recorded anything since.' })
  @ApiCreatedResponse({ description: 'Recorded. `position` may be given to any read as `minPosition`.', example: RECORDED_EXAMPLE })
  @ApiOkResponse({ description: 'A dry run: what would be recorded, and the State’s standing before and after.', example: PREVIEW_EXAMPLE })
  @ApiResponse({ status: 422, description: 'Refused by a rule: a code, a sentence that helps, and the article.', content: { 'application/problem+json': { example: PROBLEM_EXAMPLE } } })
  async record(
    @Param('treaty', TreatyPipe) rules: TreatyRules, @Param('iso3', StatePipe) iso3: string, @Body() body: FactBody, @Query() { dryRun }: CommandQuery,
    @Headers() headers: Record<string, string>, @Asker() asker: Principal, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Omit<Recorded, 'repeated'> | Preview> {
    const guards = guardsFrom(headers, dryRun);
    const proposal = await this.proposalFrom(rules, iso3, body);
    const provenance: Provenance = { actor: asker.actor, source: { ...body.source }, ...(body.note ? { note: body.note } : {}), correlation: request.id };
    return answered(reply, await this.commands.execute(new RecordFact(rules, iso3, proposal, provenance, guards)));
  }

  private async proposalFrom(rules: TreatyRules, iso3: string, { type, effectiveOn, knownBy, knownOn, data }: FactBody): Promise<AnyProposal> {
    const said = saidIn(validated(FACT_DATA[type], data ?? {}, 'data'), type);
    const content = type === 'fact-corrected' ? await this.checkedCorrection(rules, iso3, said as FactData['fact-corrected']) : said;
    return { type, effectiveOn: effectiveOn ?? null, knownBy: knownBy ?? null, ...(knownOn ? { knownOn } : {}), data: content } as AnyProposal;
  }

  /** Corrected data must be data that the corrected fact could have been recorded with, and is recorded in the same form. */
  private async checkedCorrection(rules: TreatyRules, iso3: string, correction: FactData['fact-corrected']): Promise<FactData['fact-corrected']> {
    const { fact: id, data } = correction;
    const fact = data === undefined ? null : await this.factOf(rules, iso3, id);
    if (!fact || !data) return correction;
    const taken = Object.entries(data).find(([, value]) => value === null)?.[0];
    if (taken !== undefined) throw new Problem(400, 'invalid-input', `data.data.${taken} can be replaced, but not taken away. Retract the fact and record it anew without it.`);
    const whole = validated(FACT_DATA[fact.type], { ...fact.data, ...data }, 'data.data');
    return { ...correction, data: Object.fromEntries(Object.entries(whole).filter(([member]) => member in data)) };
  }

  /** What was recorded a moment ago may not have reached the read models yet. */
  private async factOf(rules: TreatyRules, iso3: string, id: string): Promise<AnyFact | null> {
    const asked = new GetFact(rules, iso3, id);
    const fact = await this.queries.execute(asked);
    if (fact) return fact;
    await waitForPosition(this.pool, await this.log.lastPosition());
    return this.queries.execute(asked);
  }
}

/** A member that is null says no more than one that is left out; only a correction can say that there is no `knownBy`. */
const saidIn = (data: object, type: string): object =>
  Object.fromEntries(Object.entries(data).filter(([member, value]) => value !== null || (type === 'fact-corrected' && member === 'knownBy')));
