import { join } from 'node:path';
import type { Looking } from './looking.js';
import { type Program, run } from './programs.js';

/** Milliseconds from now to ten in the morning (UTC) of the next weekday: letters only leave in working hours. */
export const SHIFT = ((): number => {
  const now = Temporal.Now.zonedDateTimeISO('UTC');
  let then = now.add({ days: 1 }).withPlainTime('10:00');
  while (then.dayOfWeek > 5) then = then.add({ days: 1 });
  return then.epochMilliseconds - now.epochMilliseconds;
})();

/** Now, as the worker sees it. */
export const workersNow = (): Temporal.Instant => Temporal.Now.instant().add({ milliseconds: SHIFT });

/** Sets a program's clock. */
export const atTheOffice = (shift = SHIFT): Record<string, string> => ({ NODE_OPTIONS: `--import=${join(process.cwd(), 'test/faults/office-hours.mjs')}`, OFFICE_HOURS_SHIFT: String(shift) });

/** The built worker, at ten in the morning of a weekday, with a round every second. */
export const startWorker = (env: Record<string, string>): Program =>
  run('worker', {
    ...atTheOffice(), NOTICE_ROUND_SECONDS: '1', LOG_LEVEL: 'error', ...env,
  });

export interface ALetter {
  id: string;
  address: string;
  /** `rendered` comes with its bytes; `planned` is about the next annual report of Guinea-Bissau. */
  status: 'planned' | 'rendered' | 'sending';
  /** Seconds from now; may lie in the past. */
  due?: number;
}

/** A letter to a contact of its own, as the planner and the deliverer leave it. */
export const addLetter = async (looking: Looking, { id, address, status, due = -60 }: ALetter): Promise<void> => {
  const now = workersNow();
  const today = now.toZonedDateTimeISO('UTC').toPlainDate();
  const year = today.toString() <= `${today.year}-04-30` ? today.year : today.year + 1;
  await looking.rows(
    "INSERT INTO notices.contacts (id, role, iso3, name, email, language, time_zone, confirmed_on) VALUES ($1, 'focal-point', 'GNB', 'Focal point', $2, 'en', 'UTC', $3)", [id, address, today.toString()],
  );
  await looking.rows(
    `INSERT INTO notices.messages (id, treaty, on_day, role, contact_id, language, about, states, status, send_after, message_id, changed_at, mime, sha256, on_record)
     VALUES ($1, 'ccm', $2, 'focal-point', $3, 'en', $4, ARRAY['GNB'], $5, $6, $7, $8, $9, $10, true)`,
    [
      id, today.toString(), id, JSON.stringify([{ iso3: 'GNB', article: 7, kind: 'annual-report', year: year - 1, dueOn: `${year}-04-30`, step: 'go-live' }]), status, now.add({ seconds: due }).toString(), `<${id}@pacta.example>`,
      now.subtract({ minutes: 1 }).toString(), status === 'planned' ? null : Buffer.from(`Message-ID: <${id}@pacta.example>\r\nSubject: A letter\r\n\r\nHello\r\n`), status === 'planned' ? null : 'a'.repeat(64),
    ],
  );
};

/** What became of each letter, and how often the log says so. */
export const endings = async (looking: Looking): Promise<Record<string, string>> => {
  const found = await looking.rows<{ id: string; status: string; facts: string | null }>(`SELECT id, status, (SELECT string_agg(substr(type, 9), ' ' ORDER BY position) FROM log.events WHERE stream = 'correspondence-ccm-GNB' AND data->>'message' = messages.id::text) AS facts
    FROM notices.messages WHERE contact_id = id::text ORDER BY id`);
  return Object.fromEntries(found.map(({ id, status, facts }) => [id, `${status}: ${facts ?? 'no fact'}`]));
};

/** Resolves when so many letters have come to rest and are on record. */
export const atRest = (looking: Looking, letters: number): Promise<void> =>
  looking.untilAtLeast(letters, "SELECT count(*) FROM notices.messages WHERE contact_id = id::text AND on_record AND status NOT IN ('planned', 'rendered', 'sending')");
