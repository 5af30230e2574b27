import { describe, expect, it } from '@jest/globals';
import { CCM } from '../../support/facts.js';
import { get, post } from '../../support/http.js';
import { rowsOf } from '../../support/log.js';
import { problemIn } from '../../support/problem.js';
import { registrarKey, runCli } from '../../support/service.js';
import { ownService } from '../../support/suite.js';

interface Hold {
  scope: string;
  iso3: string | null;
  on: string | null;
  inForce: boolean;
  reason: string;
  by: string;
  waiting: number;
}
interface Answer {
  hold: Hold | null;
  turned: number;
  onTheirWay: number;
}
interface Item {
  id: string;
  at: string;
  status: string;
  reason: string | null;
  about: { iso3: string }[];
}

const DAY = '2099-03-02';
const registrar = { authorization: `Bearer ${registrarKey()}` };

describe('letters on hold', () => {
  const own = ownService();
  let count = 0;
  const insert = async (status: string, states: string[], day = DAY): Promise<string> => {
    const id = `66666666-6666-4666-8666-${String(++count).padStart(12, '0')}`;
    const about = states.map((iso3) => ({ iso3, article: 7, kind: 'annual-report', year: 2098, dueOn: '2099-04-30', step: 'Y-02-01' }));
    await rowsOf(own.database, `INSERT INTO notices.messages (id, treaty, on_day, role, contact_id, language, about, states, status, send_after, message_id, changed_at)
      VALUES ($1::uuid, 'ccm', $2, 'coordinator', 'contact ' || $1::text, 'en', $3, $4, $5, '2099-03-02T08:00:00Z', '<x@example.org>', now())`, [id, day, JSON.stringify(about), states, status]);
    return id;
  };
  const ask = <Body = Answer>(path: string, body: object = {}) => post<Body>(own.service, path, body);
  const correspondence = async (iso3: string): Promise<Item[]> => (await get<{ items: Item[] }>(own.service, `${CCM}/states/${iso3}/correspondence`, registrar)).body.items;
  const tasks = async (query = ''): Promise<{ id: string; kind: string; iso3: string | null; text: string; link: string }[]> => (await get<{ items: never[] }>(own.service, `/v1/tasks?limit=1000&${query}`, registrar)).body.items;
  const pacta = (...args: string[]) => runCli(own.database, ...args);

  it('about a State are held, also in a message to a coordinator, which goes on without it; a task says so until they are released', async () => {
    const id = await insert('planned', ['GNB', 'BGR']);
    expect(problemIn(await ask(`${CCM}/states/GNB/letters/hold`))).toMatchObject({ status: 400, code: 'invalid-input' });
    expect(problemIn(await ask(`${CCM}/states/GNB/letters/hold`, { reason: 'x', until: '2099-01-01' }))).toMatchObject({ status: 400 });
    expect(problemIn(await ask(`${CCM}/states/XXX/letters/hold`, { reason: 'x' }))).toMatchObject({ status: 404 });
    const held = await ask(`${CCM}/states/GNB/letters/hold`, { reason: 'The ministry asked for time.' });
    expect(held).toMatchObject({ status: 200, body: { turned: 1, onTheirWay: 0, hold: { scope: 'state', iso3: 'GNB', on: null, inForce: true, waiting: 1, reason: 'The ministry asked for time.', by: expect.stringMatching(/^key:/) as unknown } } });
    expect((await ask(`${CCM}/states/GNB/letters/hold`, { reason: 'Once more.' })).body).toMatchObject({ turned: 0, hold: { reason: 'The ministry asked for time.' } });
    expect(await correspondence('BGR')).toMatchObject([{ id, status: 'planned', about: [{ iso3: 'BGR' }] }]);
    const [part] = await correspondence('GNB');
    expect(part).toMatchObject({ status: 'held', reason: 'The ministry asked for time.' });
    expect(problemIn(await ask(`/v1/messages/${part?.id}/release`))).toMatchObject({ status: 409, code: 'on-hold' });
    expect((await get<{ items: Hold[] }>(own.service, `${CCM}/holds`, registrar)).body.items).toMatchObject([{ scope: 'state', iso3: 'GNB', waiting: 1 }]);
    expect(await tasks('kind=state-held')).toMatchObject([{ id: 'state-held:ccm:GNB', link: `${CCM}/holds` }]);

    expect((await ask(`${CCM}/states/GNB/letters/release`, { reason: 'Looked through.' })).body).toMatchObject({ turned: 1, hold: { inForce: false, waiting: 0 } });
    expect((await ask(`${CCM}/states/GNB/letters/release`)).body).toMatchObject({ turned: 0, hold: { inForce: false } });
    expect(await correspondence('GNB')).toMatchObject([{ id: part?.id, status: 'planned', reason: 'Looked through.' }]);
    expect(await tasks('kind=state-held')).toEqual([]);
    expect(problemIn(await ask(`${CCM}/states/FRA/letters/release`))).toMatchObject({ status: 409, code: 'not-on-hold' });
  });

  it('of a day are a run: counted, held, let go one by one or together, and skipped', async () => {
    const one = await insert('planned', ['SOM'], '2099-03-03');
    await insert('planned', ['COG'], '2099-03-03');
    const run = async () => (await get<{ on: string; messages: number; counts: object; hold: { reason: string } | null; items: Item[] }>(own.service, `${CCM}/runs/2099-03-03`, registrar)).body;
    expect(await run()).toMatchObject({ messages: 2, counts: { planned: 2 }, hold: null, items: [{ status: 'planned' }, { status: 'planned' }] });
    expect((await ask(`${CCM}/runs/2099-03-03/hold`, { reason: 'Too many.' })).body).toMatchObject({ turned: 2, hold: { scope: 'run', on: '2099-03-03' } });
    expect((await tasks('kind=run-held')).map(({ link }) => link)).toEqual([`${CCM}/runs/2099-03-03`]);
    expect((await ask<Item>(`/v1/messages/${one}/release`)).body).toMatchObject({ status: 'planned' });
    expect(await run()).toMatchObject({ counts: { planned: 1, held: 1 }, hold: { reason: 'Too many.' } });
    expect((await ask(`${CCM}/runs/2099-03-03/release`)).body).toMatchObject({ turned: 1, hold: { inForce: false } });
    expect((await ask(`${CCM}/runs/2099-03-03/skip`, { reason: 'Told in a meeting.' })).body).toMatchObject({ turned: 2, hold: null });
    expect(await run()).toMatchObject({ counts: { skipped: 2 }, hold: null });
    expect((await get<{ items: { on: string }[] }>(own.service, `${CCM}/runs?limit=1`, registrar)).body.items).toMatchObject([{ on: '2099-03-03', messages: 2 }]);
    expect(problemIn(await get(own.service, `${CCM}/runs/2099-02-30`, registrar))).toMatchObject({ status: 400, code: 'invalid-date' });
    expect(problemIn(await get(own.service, `${CCM}/runs/2098-01-01`, registrar))).toMatchObject({ status: 404, code: 'no-such-run' });
  });

  it('of a treaty are held and let go as one', async () => {
    const id = await insert('planned', ['TUN'], '2099-03-04');
    expect((await ask(`${CCM}/letters/hold`, { reason: 'The templates are being changed.' })).body.hold).toMatchObject({ scope: 'treaty', iso3: null, on: null });
    expect(await correspondence('TUN')).toMatchObject([{ id, status: 'held' }]);
    expect((await tasks('kind=treaty-held')).map((task) => task.id)).toEqual(['treaty-held:ccm']);
    await ask(`${CCM}/letters/release`);
    expect(await correspondence('TUN')).toMatchObject([{ id, status: 'planned' }]);
    expect((await ask(`${CCM}/states/TUN/letters/skip`, { reason: 'No longer owed.' })).body).toMatchObject({ turned: 1, hold: null });
    expect(await correspondence('TUN')).toMatchObject([{ id, status: 'skipped', reason: 'No longer owed.' }]);
  });

  it('whose outcome is not known, or that failed, are settled by a person, and their tasks end with that', async () => {
    const [unknown, failed] = [await insert('unknown', ['MDG']), await insert('failed', ['MDG'])];
    const of = async (id: string) => (await correspondence('MDG')).find((one) => one.id === id);
    expect((await tasks('iso3=MDG')).map(({ kind }) => kind)).toEqual(expect.arrayContaining(['outcome-unknown', 'letter-failed']));
    const seenAt = (await of(unknown))?.at;
    expect(problemIn(await ask(`/v1/messages/${unknown}/again`, { reason: 'Once more.' }))).toMatchObject({ status: 400 });
    expect(problemIn(await ask(`/v1/messages/${unknown}/again`, { reason: 'Once more.', seenAt: '2026-01-01T00:00:00Z' }))).toMatchObject({ status: 409, code: 'not-in-that-state' });
    expect((await ask<Item>(`/v1/messages/${unknown}/again`, { reason: 'They have nothing.', seenAt })).body).toMatchObject({ status: 'planned', reason: 'They have nothing.' });
    expect(problemIn(await ask(`/v1/messages/${unknown}/again`, { reason: 'They have nothing.', seenAt }))).toMatchObject({ status: 409 });
    expect((await ask<Item>(`/v1/messages/${failed}/arrived`, { reason: 'Read out by telephone.' })).body).toMatchObject({ status: 'sent' });
    expect(problemIn(await ask('/v1/messages/77777777-7777-4777-8777-777777777777/arrived', { reason: 'x' }))).toMatchObject({ status: 404 });
    expect((await tasks('iso3=MDG')).map(({ kind }) => kind)).not.toEqual(expect.arrayContaining(['outcome-unknown']));
  });

  it('are the same on the command line', async () => {
    const id = await insert('planned', ['CPV'], '2099-03-05');
    expect(await pacta('letters', 'hold', '--iso3', 'CPV', '--reason', 'Wait.')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^1 message held\.\nOn hold: letters about CPV \(ccm\), since \S+ by cli: Wait\. \(1 message waits\)\n$/) as unknown });
    expect((await pacta('letters', 'release', '--iso3', 'CPV')).stdout).toBe('1 message released.\n');
    expect((await pacta('letters', 'skip', '--message', id, '--reason', 'Told.')).stdout).toContain('skipped: the message of 2099-03-05');
    const [runs, again, unnamed, twice] = await Promise.all([pacta('letters', 'runs'), pacta('letters', 'again', id, '--reason', 'x'), pacta('letters', 'hold', '--reason', 'x'), pacta('letters', 'hold', '--run', '2099-03-05', '--all', '--reason', 'x')]);
    expect(runs.stdout).toMatch(/2099-03-05 +1 +1 skipped/);
    expect([again.code, unnamed.code, twice.code]).toEqual([1, 2, 2]);
  }, 90_000);
});
