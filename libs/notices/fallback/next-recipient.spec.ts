import { describe, expect, it } from '@jest/globals';
import type { Contact } from '../contacts/contact.js';
import type { Subject } from '../plan/day-plan.js';
import { nextRecipient, type Undelivered } from './next-recipient.js';

const contact = (id: string, role: Contact['role'], iso3 = 'GNB', more: Partial<Contact> = {}): Contact => ({
  id, role, iso3, name: null, office: null, email: `${id}@example.org`, language: 'fr', timeZone: 'UTC', confirmedOn: '2026-01-01', unreachableSince: null, unsubscribedOn: null, erasedOn: null, ...more,
});
const subject = (iso3 = 'GNB', article = 7): Subject => ({ iso3, article, kind: article === 7 ? 'annual-report' : 'clearance', dueOn: '2026-04-30', step: 'T-30' });

const GNB = [contact('focal', 'focal-point'), contact('second', 'focal-point'), contact('deputy', 'deputy'), contact('mission', 'permanent-mission'), contact('other', 'deputy', 'FRA'), contact('coordinator', 'coordinator')];
const next = (given: Partial<Undelivered>) => nextRecipient({ meantFor: 'focal-point', about: [subject()], tried: ['focal'], contacts: GNB, inOffice: [], told: new Map(), ...given });
const nextId = (given: Partial<Undelivered>): string | undefined => next(given)?.recipient.contactId;

describe('a letter that did not reach a State’s contact', () => {
  it('goes to each of that State’s contacts in turn, and to the registrar when nobody is left', () => {
    const order: string[] = ['focal'];
    for (let following = nextId({ tried: order }); following !== undefined; following = nextId({ tried: order })) order.push(following);
    expect(order).toEqual(['focal', 'second', 'deputy', 'mission', 'registrar']);
  });

  it('is written in the language of the next', () => expect(next({})?.recipient).toEqual({ role: 'focal-point', contactId: 'second', language: 'fr' }));

  it.each([
    ['cannot be reached', { unreachableSince: '2026-01-01' }], ['has unsubscribed', { unsubscribedOn: '2026-01-01' }], ['is erased', { erasedOn: '2026-01-01', email: null }],
    ['has the address that it did not reach', { email: 'FOCAL@example.org' }],
  ])('passes over whoever %s', (_, more) => {
    expect(nextId({ contacts: [contact('focal', 'focal-point'), contact('deputy', 'deputy', 'GNB', more), contact('mission', 'permanent-mission')] })).toBe('mission');
  });

  it('of somebody who has been erased is still for his State', () => {
    expect(nextId({ contacts: [contact('focal', 'focal-point', 'GNB', { erasedOn: '2026-01-01', email: null }), contact('deputy', 'deputy')] })).toBe('deputy');
  });

  it('is nobody else’s where it asks for a confirmation', () => expect(next({ about: [] })).toBeNull());
});

describe('a letter that did not reach a coordinator', () => {
  const contacts = [contact('one', 'coordinator', 'LAO'), contact('two', 'coordinator', 'LAO'), contact('three', 'coordinator', 'NOR'), contact('past', 'coordinator', 'CHL'), contact('focal', 'focal-point', 'LAO')];
  const given = { meantFor: 'coordinator', tried: ['one'], contacts, inOffice: ['LAO', 'NOR'] } as const;

  it('goes to another one in office, else to the registrar', () => {
    expect(nextId(given)).toBe('two');
    expect(nextId({ ...given, tried: ['one', 'two', 'three'] })).toBe('registrar');
    expect(nextId({ ...given, inOffice: [] })).toBe('registrar');
  });

  it('tells nobody what it was told on that day already', () => {
    const about = [subject('GNB'), subject('BIH', 4)];
    expect(next({ ...given, about, told: new Map([['two', about], ['three', [subject('GNB')]]]) })).toEqual({ recipient: { role: 'coordinator', contactId: 'three', language: 'fr' }, about: [subject('BIH', 4)] });
    expect(next({ ...given, about, told: new Map([['two', about], ['three', about], ['registrar', about]]) })).toBeNull();
  });
});

it('what does not reach the registrar goes nowhere else', () => {
  expect(next({ meantFor: 'registrar', tried: ['registrar'] })).toBeNull();
});
