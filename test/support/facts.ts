import { type Answer, get, post } from './http.js';
import type { ProblemDocument } from './problem.js';
import type { Service } from './service.js';

export const CCM = '/v1/treaties/ccm';

/** What a command answers with, when it is recorded. */
export interface Recorded {
  position: number;
  revision: number;
  events: [string];
  flags: string[];
}

/** The body of a command; `more` holds what else belongs beside `type`, `effectiveOn` and `data`. */
export const fact = (type: string, effectiveOn: string | null, data: object = {}, more: object = {}) => ({ type, effectiveOn, source: { title: 'Depositary notification' }, data, ...more });

export const recordFact = (service: Service, iso3: string, body: unknown, headers: Record<string, string> = {}, query = ''): Promise<Answer<Recorded & ProblemDocument>> =>
  post(service, `${CCM}/states/${iso3}/facts${query}`, body, headers);

/** Records what must be recordable, and answers where. */
export const recorded = async (service: Service, iso3: string, body: object): Promise<Recorded> => {
  const answer = await recordFact(service, iso3, body);
  if (answer.status !== 201) throw new Error(`Not recorded: ${JSON.stringify(answer.body)}`);
  return answer.body;
};

export interface Obligation {
  article: number;
  kind: string;
  year?: number;
  dueOn: string | null;
  status: string;
  extended: boolean;
  derivation: string[];
  metOn?: string;
  metBy?: string;
}

export interface StatePage {
  iso3: string;
  name: string;
  asAt: string;
  knownOn: string;
  participation: { status: string; signedOn: string | null; depositedOn: string | null; instrument: string | null; inForceOn: string | null; withdrawalNotifiedOn: string | null; withdrawalTakesEffectOn: string | null; derivation: string[] };
  obligations: Obligation[];
  revision: number;
  position: number;
}

/** A State's page; `query` without its question mark. */
export const pageOf = async (service: Service, iso3: string, query = ''): Promise<StatePage> => (await get<StatePage>(service, `${CCM}/states/${iso3}?${query}`)).body;

export const obligationOf = ({ obligations }: Pick<StatePage, 'obligations'>, kind: string): Obligation => obligations.find((one) => one.kind === kind) as Obligation;

export interface HistoryItem {
  id: string;
  position: number;
  revision: number;
  iso3?: string;
  meeting?: string;
  type: string;
  effectiveOn: string | null;
  knownOn: string;
  recordedAt: string;
  actor: string;
  source: { title: string; reference?: string; url?: string };
  note: string | null;
  data: Record<string, unknown>;
  supersededBy?: string;
}

export interface Page<Item> {
  items: Item[];
  next: string | null;
  position: number;
}

export const historyOf = async (service: Service, iso3: string, query = ''): Promise<HistoryItem[]> => (await get<Page<HistoryItem>>(service, `${CCM}/states/${iso3}/history?limit=1000&${query}`)).body.items;

/** Today as the service sees it. */
export const today = (): string => new Date().toISOString().slice(0, 10);
