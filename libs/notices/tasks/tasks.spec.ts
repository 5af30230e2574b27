import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Day, END_OF_TIME, TREATIES, type TreatyRules } from '#treaty';
import type { Contact } from '../contacts/contact.js';
import { realRecord } from '../../../test/support/real-record.js';
import { tasksAboutContacts } from './about-contacts.js';
import { tasksAboutHolds, tasksAboutLetters } from './about-letters.js';
import { tasksAboutStates } from './about-states.js';
import type { Task } from './task.js';
import { pageOfTasks, TASK_PLACE } from './tasks.js';

const rules = TREATIES.get('ccm') as TreatyRules;
const NAMES = new Map([['GNB', 'Guinea-Bissau'], ['BIH', 'Bosnia and Herzegovina'], ['USA', 'United States of America']]);
const nameOf = (iso3: string): string => NAMES.get(iso3) ?? iso3;
const TODAY = '2021-03-05';

const contact = (more: Partial<Contact> = {}): Contact => ({
  id: '01939c5e-7a2e-7c3b-8d1c-9a4b3f2e1d0c', role: 'focal-point', iso3: 'GNB', name: 'Maria Exemplo', office: 'Ministry', email: 'maria@example.org', language: 'fr', timeZone: 'UTC',
  confirmedOn: '2021-01-01', unreachableSince: null, unsubscribedOn: null, erasedOn: null, ...more,
});
const kinds = (tasks: readonly Task[]): string[] => tasks.map(({ kind, iso3, since }) => `${kind} ${iso3} ${since}`);

describe('tasks about contacts', () => {
  const about = (more: Partial<Contact>): string[] => kinds(tasksAboutContacts([contact(more)], TODAY, nameOf));
  it.each<[string, Partial<Contact>, string[]]>([
    ['none where all is well', {}, []],
    ['one that cannot be reached', { unreachableSince: '2021-03-01' }, ['contact-unreachable GNB 2021-03-01']],
    ['one that wants no more letters', { unsubscribedOn: '2021-03-02' }, ['contact-unsubscribed GNB 2021-03-02']],
    ['one that was to confirm three months ago', { confirmedOn: '2019-12-05' }, ['contact-unconfirmed GNB 2021-03-05']],
    ['none while it has three months to confirm', { confirmedOn: '2019-12-06' }, []],
    ['one about a contact, not two, where it cannot even be reached', { confirmedOn: '2018-01-01', unreachableSince: '2021-03-01' }, ['contact-unreachable GNB 2021-03-01']],
  ])('are %s', (_, more, expected) => expect(about(more)).toEqual(expected));

  it('name the office, not the person', () => {
    const [task] = tasksAboutContacts([contact({ unreachableSince: '2021-03-01' })], TODAY, nameOf);
    expect(task).toMatchObject({ id: 'contact-unreachable:01939c5e-7a2e-7c3b-8d1c-9a4b3f2e1d0c', treaty: null, link: '/v1/contacts/01939c5e-7a2e-7c3b-8d1c-9a4b3f2e1d0c', text: expect.stringMatching(/^The focal point of Guinea-Bissau cannot be reached/) as unknown });
    expect(JSON.stringify(task)).not.toMatch(/Maria|example\.org|Ministry/);
  });
});

describe('tasks about States, by the real record', () => {
  let record: Awaited<ReturnType<typeof realRecord>>;
  beforeAll(async () => {
    record = await realRecord(rules, ['BIH', 'GNB', 'USA']);
  });
  const about = async (today: Day, ...contacts: Contact[]): Promise<Task[]> => {
    const { assessed } = await record.treaty(rules, { asAt: today, knownOn: today, recordedBy: END_OF_TIME });
    return tasksAboutStates('ccm', assessed, contacts, today, nameOf);
  };

  it('are one for each State that is owed letters and has nobody to get them, since the last of them was lost', async () => {
    const lost = [contact({ unreachableSince: '2021-01-10' }), contact({ role: 'deputy', unsubscribedOn: '2021-02-20' }), contact({ role: 'coordinator' })];
    expect(kinds(await about(TODAY, ...lost)).filter((one) => one.startsWith('state'))).toEqual(['state-without-contact BIH null', 'state-without-contact GNB 2021-02-20']);
    expect(kinds(await about(TODAY, ...lost, contact({ role: 'permanent-mission' })))).not.toContain('state-without-contact GNB 2021-02-20');
  });

  it('are one for a deadline that passed while a request waits for its decision', async () => {
    const waiting = (await about(TODAY)).filter(({ kind }) => kind === 'decision-pending');
    expect(waiting).toEqual([expect.objectContaining({ id: 'decision-pending:ccm:BIH:4:clearance', since: '2021-03-02', iso3: 'BIH', link: '/v1/treaties/ccm/states/BIH' })]);
    expect((await about('2021-02-28')).filter(({ kind }) => kind === 'decision-pending')).toEqual([]);
    expect((await about('2022-03-05')).filter(({ kind }) => kind === 'decision-pending')).toEqual([]);
  });
});

describe('tasks about letters', () => {
  const letter = { id: '5a1c0c1f-3f8a-5f5b-9d7e-2f0c9b9b7a10', treaty: 'ccm', on: '2021-03-01', role: 'focal-point' as const, contactId: 'x', states: ['GNB'], reason: 'Because.', changedAt: new Date('2021-03-02T10:00:00Z') };
  it('say what became of each and what can be done', () => {
    const tasks = tasksAboutLetters([{ ...letter, status: 'unknown' }, { ...letter, status: 'failed' }, { ...letter, status: 'held' }, { ...letter, status: 'sent' }]);
    expect(kinds(tasks)).toEqual(['outcome-unknown GNB 2021-03-02', 'letter-failed GNB 2021-03-02', 'letter-held GNB 2021-03-02']);
    for (const { text, link, messageId } of tasks) expect([text, link, messageId]).toEqual([expect.stringContaining('about GNB'), `/v1/messages/${letter.id}`, letter.id]);
  });

  it('are one for each hold, but for a run of which nothing waits any more', () => {
    const hold = { id: 'x', treaty: 'ccm', iso3: null, on: null, reason: 'Wait.', since: new Date('2021-03-02T10:00:00Z'), by: 'key:x', releasedAt: null, releasedBy: null, releaseReason: null, waiting: 2 };
    const tasks = tasksAboutHolds([hold, { ...hold, iso3: 'GNB', waiting: 0 }, { ...hold, on: '2021-03-01' }, { ...hold, on: '2021-03-02', waiting: 0 }], nameOf);
    expect(tasks.map(({ id }) => id)).toEqual(['treaty-held:ccm', 'state-held:ccm:GNB', 'run-held:ccm:2021-03-01']);
  });
});

describe('a page of tasks', () => {
  it('goes on where the page before ended, and counts all', () => {
    const tasks = [...tasksAboutContacts(['GNB', 'BIH', 'USA'].map((iso3, index) => contact({ id: `01939c5e-7a2e-7c3b-8d1c-9a4b3f2e1d0${index}`, iso3, unreachableSince: '2021-03-01' })), TODAY, nameOf)].sort((a, b) => ((a.iso3 ?? '') < (b.iso3 ?? '') ? -1 : 1));
    const first = pageOfTasks(tasks, { limit: 2 });
    expect([first.items.map(({ iso3 }) => iso3), first.counts]).toEqual([['BIH', 'GNB'], { 'contact-unreachable': 3 }]);
    expect(Buffer.from(first.next ?? '', 'base64url').toString()).toMatch(TASK_PLACE);
    expect(pageOfTasks(tasks, { limit: 2, cursor: first.next ?? '' })).toMatchObject({ items: [{ iso3: 'USA' }], next: null });
  });
});
