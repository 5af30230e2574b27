import { digestOfReadModels, gapsInLog, gapsInReadModels } from '../faults/looking.js';
import { runFrom } from '../faults/programs.js';
import type { Load } from './load.js';
import type { Stage } from './stage.js';

export interface Finding {
  what: string;
  /** In figures, for the table. */
  figures: string;
  wrong: string[];
}

/** At most so many of one kind of mistake are shown. */
const SHOWN = 5;
/** Facts of the correspondence, by the state of their message. */
const FACTS = "(VALUES ('sent', 'ReminderSent.v1'), ('unknown', 'ReminderOutcomeUnknown.v1'), ('suppressed', 'ReminderSuppressed.v1'), ('failed', 'ReminderFailed.v1'), ('bounced', 'ReminderBounced.v1')) AS fact (status, type)";

/** Everything that was acknowledged is there, once. */
export const commands = async ({ looking }: Stage, { wanted }: Load): Promise<Finding> => {
  const told = wanted.flatMap((one) => one.told?.events ?? []);
  const found = new Set((await looking.rows<{ id: string }>("SELECT id FROM log.events WHERE type LIKE 'RemarkMade%' AND metadata->'source'->>'title' = 'Fault test'")).map(({ id }) => id));
  const lost = told.filter((id) => !found.has(id));
  const never = wanted.filter((one) => !one.told);
  const wrong = [
    ...(lost.length > 0 ? [`${lost.length} acknowledged commands are not on record: ${lost.slice(0, SHOWN).join(', ')}`] : []),
    ...(never.length > 0 ? [`${never.length} commands never got an answer.`] : []),
    ...(found.size !== wanted.length ? [`${wanted.length} commands were sent, and ${found.size} are on record.`] : []),
  ];
  return { what: 'acknowledged commands on record, each once', figures: `${told.length} of ${wanted.length}`, wrong };
};

export const positions = async ({ looking }: Stage): Promise<Finding> => {
  const gaps = await gapsInLog(looking);
  return { what: 'positions and revisions dense', figures: `${await looking.number('SELECT count(*) FROM log.events')} events`, wrong: gaps.slice(0, SHOWN).map((gap) => JSON.stringify(gap)) };
};

/** Read models as the log alone gives them; a rebuild from zero comes to the same. */
export const readModels = async ({ looking, url }: Stage): Promise<Finding> => {
  const gaps = (await gapsInReadModels(looking)).map((gap) => JSON.stringify(gap));
  const followed = JSON.stringify(await digestOfReadModels(looking));
  const rebuilding = runFrom(process.cwd(), 'cli', { DATABASE_URL: url }, 'rebuild', '--json');
  const code = await rebuilding.ended;
  const rebuilt = JSON.stringify(await digestOfReadModels(looking));
  const verifying = runFrom(process.cwd(), 'cli', { DATABASE_URL: url }, 'verify', '--json');
  const verified = await verifying.ended;
  const wrong = [
    ...gaps.slice(0, SHOWN),
    ...(code !== 0 ? [`The rebuild ended with ${code}: ${rebuilding.output().slice(-500)}`] : []),
    ...(followed !== rebuilt ? [`A rebuild from zero gives other read models: ${followed} became ${rebuilt}`] : []),
    ...(verified !== 0 ? [`pacta verify: ${verifying.output().slice(-1_000)}`] : []),
  ];
  return { what: 'read models equal to a rebuild from zero', figures: `${await looking.number('SELECT count(*) FROM read_v2.history')} facts`, wrong };
};

/** Each letter came to one end, the log says so once, and whoever was written to got it as often as that end says. */
export const letters = async ({ looking, mail }: Stage): Promise<Finding> => {
  const rows = await looking.rows<{ status: string; count: string }>('SELECT status, count(*) FROM notices.messages GROUP BY status ORDER BY count(*) DESC');
  const restless = await looking.rows<object>("SELECT id, status, on_record FROM notices.messages WHERE NOT on_record OR status NOT IN ('sent', 'unknown', 'suppressed') ORDER BY id LIMIT 5");
  const told = await looking.rows<object>(`SELECT message.id, message.status, cardinality(states) AS states, count(event.id) AS facts, count(event.id) FILTER (WHERE event.type = fact.type) AS of_status
    FROM notices.messages AS message JOIN ${FACTS} USING (status)
    LEFT JOIN log.events AS event ON event.stream LIKE 'correspondence-ccm-%' AND event.type IN ('ReminderSent.v1', 'ReminderOutcomeUnknown.v1', 'ReminderSuppressed.v1', 'ReminderFailed.v1', 'ReminderBounced.v1') AND event.data->>'message' = message.id::text
    GROUP BY message.id, fact.type HAVING count(event.id) <> cardinality(states) OR count(event.id) FILTER (WHERE event.type = fact.type) <> cardinality(states) LIMIT 5`);
  const addresses = await looking.rows<{ email: string; sent: number; unknown: number }>(`SELECT email, count(*) FILTER (WHERE status = 'sent')::int AS sent, count(*) FILTER (WHERE status = 'unknown')::int AS unknown
    FROM notices.messages JOIN notices.contacts AS contact ON contact.id::text = contact_id GROUP BY email`);
  const odd = addresses.filter(({ email, sent, unknown }) => mail.taken(email) < sent || mail.taken(email) > sent + unknown);
  const wrong = [
    ...restless.map((row) => `A letter has not come to an end: ${JSON.stringify(row)}`), ...told.map((row) => `The log does not say of a letter, once for each State, what became of it: ${JSON.stringify(row)}`),
    ...odd.slice(0, SHOWN).map(({ email, sent, unknown }) => `${email} got ${mail.taken(email)} letters; ${sent} are on record as sent and ${unknown} as unknown.`),
  ];
  return { what: 'letters accounted for once', figures: rows.map(({ status, count }) => `${count} ${status}`).join(', '), wrong };
};

export interface Subscribed {
  id: string;
  path: string;
  ordered: boolean;
  /** Where the log stood when it was subscribed to. */
  since: number;
}

/** Each event is owed once to each endpoint that asked for it, has arrived there, and in its order where that was asked for. */
export const deliveries = async ({ looking, receiver }: Stage, endpoints: readonly Subscribed[]): Promise<Finding> => {
  const wrong: string[] = [];
  let [owed, calls, again] = [0, 0, 0];
  for (const { id, path, ordered, since } of endpoints) {
    const rows = await looking.rows<{ position: string; event_id: string; deliveries: number; delivered: number }>(`SELECT event.position, event.id AS event_id, count(delivery.event_id)::int AS deliveries, count(*) FILTER (WHERE delivery.status = 'delivered')::int AS delivered
      FROM log.events AS event LEFT JOIN webhooks.deliveries AS delivery ON delivery.endpoint = $1 AND delivery.event_id = event.id AND delivery.trial = 0
      WHERE event.position > $2 AND event.type LIKE 'RemarkMade%' GROUP BY event.position, event.id ORDER BY event.position`, [id, since]);
    const taken = receiver.taken(path);
    owed += rows.length;
    for (const count of taken.values()) [calls, again] = [calls + count, again + count - 1];
    const not = rows.filter(({ deliveries, delivered, event_id }) => deliveries !== 1 || delivered !== 1 || !taken.has(event_id));
    if (not.length > 0) wrong.push(`${not.length} events were not delivered to ${path}: ${JSON.stringify(not.slice(0, SHOWN).map((row) => ({ ...row, taken: taken.get(row.event_id) ?? 0 })))}`);
    const ours = new Map(rows.map(({ event_id, position }) => [event_id, Number(position)]));
    const order = [...taken.keys()].flatMap((event) => ours.get(event) ?? []);
    const early = order.filter((position, index) => index > 0 && position < (order[index - 1] ?? 0));
    if (ordered && early.length > 0) wrong.push(`${path} asked for order, and ${early.length} events came after a later one, ${early[0]} first.`);
  }
  return { what: 'webhook deliveries accounted for once', figures: `${owed} owed, ${calls} calls taken, ${again} of them again`, wrong };
};
