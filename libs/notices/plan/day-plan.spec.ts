import { describe, expect, it } from '@jest/globals';
import type { Appointment, DatedMeeting, Obligation } from '#treaty';
import { type DayInput, type Directory, type Message, planDay, planGoLive, type Recipient } from './day-plan.js';
import type { Watched } from './watch.js';

type Owed = [iso3: string, Partial<Obligation>];
const THEMES: { [kind: string]: [theme: string, article: number] } = {
  'stockpile-destruction': ['stockpile_destruction', 3], clearance: ['clearance', 4], 'extension-request': ['clearance', 4], 'initial-report': ['transparency', 7], 'annual-report': ['transparency', 7],
};
const owed = (part: Partial<Obligation>): Obligation => {
  const [theme, article] = THEMES[part.kind ?? 'clearance'] as [string, number];
  return { kind: 'clearance', article, theme, citation: '', dueOn: null, status: 'pending', extended: false, derivation: [], ...part };
};

const meeting = (id: string, start: string, end: string): DatedMeeting => ({ id, title: id, start, end, knownOn: '2008-05-30', recordedAt: '' });
const meetings = [meeting('8MSP', '2018-09-03', '2018-09-05'), meeting('9MSP', '2019-09-02', '2019-09-04'), meeting('2RC', '2020-11-25', '2021-09-21')];
const appointments: Appointment[] = [
  { theme: 'stockpile_destruction', iso3: 'AUT', fromMeeting: '8MSP', toMeeting: '2RC' }, { theme: 'stockpile_destruction', iso3: 'MOZ', fromMeeting: '8MSP', toMeeting: '9MSP' },
  { theme: 'clearance', iso3: 'AUT', fromMeeting: '8MSP', toMeeting: '2RC' },
];
const recipient = (role: Recipient['role'], contactId: string): Recipient => ({ role, contactId, language: 'en' });
const directory: Directory = {
  ofState: (iso3) => (iso3 === 'COM' ? null : recipient('focal-point', `desk-${iso3}`)), coordinatorsOf: (iso3) => (iso3 === 'MOZ' ? [] : [recipient('coordinator', `coordinator-${iso3}`)]),
  registrar: recipient('registrar', 'registrar'),
};

/** Days of one and the same treaty, each with what is owed on it. */
const days = (overrides: Partial<DayInput> = {}) => {
  const watched = new Map<string, Watched>();
  const sent = new Set<string>();
  const input = (today: string, all: readonly Owed[]): DayInput => ({
    today, treaty: { appointments, meetings }, directory, themes: ['stockpile_destruction', 'clearance', 'transparency'], watched, sent, ...overrides,
    assessed: all.map(([iso3, part]): DayInput['assessed'][number] => [iso3, { obligations: [owed(part)] }]),
  });
  const live = {
    seen: (today: string, ...all: Owed[]) => {
      planGoLive(input(today, all));
      return live;
    },
    goLive: (today: string, ...all: Owed[]) => inShort(planGoLive(input(today, all))),
    on: (today: string, ...all: Owed[]) => inShort(planDay(input(today, all))),
  };
  return live;
};
const inShort = (messages: readonly Message[]) => Object.fromEntries(messages.map(({ recipient: { contactId }, about }) => [contactId, about.map(({ iso3, step }) => `${iso3} ${step}`)]));

const bissau = (status: Obligation['status']): Owed => ['GNB', { kind: 'stockpile-destruction', dueOn: '2019-05-01', status }];

describe('a reminder', () => {
  it('goes to the State, and from thirty days after the due date to the coordinators in office as well', () => {
    const live = days().seen('2019-04-01', bissau('pending'));
    expect(live.on('2019-04-24', bissau('pending'))).toEqual({ 'desk-GNB': ['GNB T-7'] });
    expect(live.on('2019-05-15', bissau('overdue'))).toEqual({ 'desk-GNB': ['GNB T+14'] });
    expect(live.on('2019-05-31', bissau('overdue'))).toEqual({ 'desk-GNB': ['GNB T+30'], 'coordinator-AUT': ['GNB T+30'] });
  });
  it('goes to the registrar where a theme has nobody in office, or nobody named', () => {
    const benin: Owed = ['BEN', { kind: 'initial-report', dueOn: '2018-06-30', status: 'overdue' }];
    expect(days().seen('2019-01-01', benin).on('2019-06-28', benin)).toEqual({});
    expect(days().seen('2019-01-01', benin).on('2019-07-01', benin)).toEqual({ 'desk-BEN': ['BEN M+12'], registrar: ['BEN M+12', 'BEN digest'] });
    const afterwards = days({ treaty: { meetings, appointments: appointments.slice(1, 2) } }).seen('2019-05-02', bissau('overdue'));
    expect(afterwards.on('2019-05-31', bissau('overdue'))).toEqual({ 'desk-GNB': ['GNB T+30'], registrar: ['GNB T+30'] });
  });
  it('goes to nobody but the coordinators where a State has named nobody', () => {
    const comoros: Owed = ['COM', { kind: 'clearance', dueOn: '2019-05-01', status: 'overdue' }];
    const live = days().seen('2019-05-02', comoros);
    expect(live.on('2019-05-15', comoros)).toEqual({});
    expect(live.on('2019-05-31', comoros)).toEqual({ 'coordinator-AUT': ['COM T+30'] });
  });
  it('is sent once for one due date, even where that moves away and comes back', () => {
    const due = (dueOn: string): Owed => ['BGR', { kind: 'stockpile-destruction', dueOn }];
    const live = days().seen('2019-09-03', due('2019-10-01'));
    expect(live.on('2019-09-04', due('2020-10-01'))).toEqual({});
    expect(live.on('2019-09-05', due('2020-10-01'))).toEqual({ 'desk-BGR': ['BGR T-540'] });
    expect(live.on('2019-09-06', due('2019-10-01'))).toEqual({});
    expect(live.on('2019-09-10', due('2020-10-01'))).toEqual({});
    expect(live.on('2019-09-11', due('2020-10-01'))).toEqual({});
  });
  it('is made up when an obligation appears, and again when it comes back after it was gone', () => {
    const found: Owed = ['SOM', { dueOn: '2020-01-01' }];
    const live = days().seen('2019-10-30');
    expect(live.on('2019-10-31', found)).toEqual({});
    expect(live.on('2019-11-01', found)).toEqual({ 'desk-SOM': ['SOM T-90'] });
    expect(live.on('2019-11-05')).toEqual({});
    expect(live.on('2019-12-03', found)).toEqual({});
    expect(live.on('2019-12-04', found)).toEqual({ 'desk-SOM': ['SOM T-30'] });
  });
  it('of what was seen on a weekend is made up on the Monday', () => {
    const found: Owed = ['SOM', { dueOn: '2020-01-31' }];
    const live = days().seen('2019-11-01');
    expect(live.on('2019-11-02', found)).toEqual({});
    expect(live.on('2019-11-03', found)).toEqual({});
    expect(live.on('2019-11-04', found)).toEqual({ 'desk-SOM': ['SOM T-90'] });
  });
});

describe('what falls on one day for one contact', () => {
  it('is one message', () => {
    const reports: Owed = ['GNB', { kind: 'annual-report', year: 2018, dueOn: '2019-04-30' }];
    const stocks = bissau('pending');
    expect(days().seen('2019-03-01', reports, stocks).on('2019-04-01', reports, stocks)).toMatchObject({ 'desk-GNB': ['GNB Y-04-01', 'GNB T-30'] });
  });
  it('names a thing once, to whoever stands for a State and coordinates its theme', () => {
    const both = recipient('focal-point', 'the-same');
    const live = days({ directory: { ...directory, ofState: () => both, coordinatorsOf: () => [both] } }).seen('2019-05-02', bissau('overdue'));
    expect(live.on('2019-05-31', bissau('overdue'))).toEqual({ 'the-same': ['GNB T+30'] });
  });
});

describe("a coordinator's digest", () => {
  const clearance = (part: Partial<Obligation>): Owed => ['DEU', { kind: 'clearance', ...part }];
  const on = (today: string, ...all: Owed[]) => days().seen('2018-12-31', ...all).on(today, ...all)['coordinator-AUT'] ?? [];

  it('comes on Mondays', () => {
    const late = clearance({ dueOn: '2018-01-01', status: 'overdue' });
    expect(['2019-01-06', '2019-01-07', '2019-01-08', '2019-01-14'].map((day) => on(day, late))).toEqual([[], ['DEU digest'], [], ['DEU digest']]);
  });
  it('names what is due within sixty days, the sixtieth included', () => {
    expect(on('2019-01-07', clearance({ dueOn: '2019-03-08' }))).toEqual(['DEU digest']);
    expect(on('2019-01-07', clearance({ dueOn: '2019-03-09' }))).toEqual([]);
    expect(on('2019-01-07', clearance({ dueOn: '2019-01-07' }))).toEqual(['DEU digest']);
    expect(on('2019-01-07', clearance({ dueOn: null }))).toEqual([]);
    expect(on('2019-01-07', ['DEU', { kind: 'extension-request', dueOn: '2019-02-01' }])).toEqual(['DEU digest']);
  });
  it('does not name what waits for a decision, is not known, lapsed or never was owed', () => {
    for (const status of ['decision-pending', 'not-known', 'lapsed', 'not-owed', 'ended'] as const) expect(on('2019-01-07', clearance({ dueOn: '2018-12-02', status }))).toEqual([]);
  });
  it('names what was received since the Monday before, once', () => {
    const filed = (metKnownOn: string): Owed => ['DEU', { kind: 'extension-request', dueOn: '2018-12-02', status: 'met', metBy: 'DEU-9', metOn: metKnownOn, metKnownOn }];
    expect(on('2019-01-21', filed('2019-01-15'))).toEqual(['DEU digest']);
    expect(on('2019-01-21', filed('2019-01-21'))).toEqual(['DEU digest']);
    expect(on('2019-01-28', filed('2019-01-15'))).toEqual([]);
    const live = days().seen('2018-12-31', filed('2019-01-21'));
    expect([live.on('2019-01-21', filed('2019-01-21')), live.on('2019-01-28', filed('2019-01-21'))]).toEqual([{ 'coordinator-AUT': ['DEU digest'] }, {}]);
  });
  it('names on the next Monday what was recorded on a Monday when its digest had gone out', () => {
    const [before, after] = [clearance({ dueOn: '2020-08-01' }), clearance({ dueOn: '2020-08-01', status: 'met', metBy: 'DEU-9', metOn: '2019-01-21', metKnownOn: '2019-01-21' })];
    const live = days().seen('2018-12-31', before);
    expect([live.on('2019-01-21', before), live.on('2019-01-28', after), live.on('2019-02-04', after)]).toEqual([{}, { 'coordinator-AUT': ['DEU digest'] }, {}]);
  });
  it('names what became known since, however long ago it happened', () =>
    expect(on('2019-01-21', clearance({ dueOn: '2020-08-01', status: 'met', metBy: 'DEU-9', metOn: '2015-11-25', metKnownOn: '2019-01-16' }))).toEqual(['DEU digest']));
  it('does not name a filing date that was met with the obligation itself: nothing was received', () => expect(on('2019-01-21', ['DEU', { kind: 'extension-request', dueOn: '2018-12-02', status: 'met' }])).toEqual([]));
  it('does not come where there is nothing to say', () => expect(days().seen('2019-01-01').on('2019-01-07')).toEqual({}));
});

describe('going live', () => {
  const open: Owed[] = [bissau('pending'), ['BEN', { kind: 'initial-report', dueOn: '2018-06-30', status: 'overdue' }]];
  const closed: Owed[] = (['met', 'decision-pending', 'not-known', 'lapsed', 'not-owed', 'ended'] as const).map((status) => ['AFG', { dueOn: '2018-05-01', status }]);
  it('tells each contact at once all that is open', () =>
    expect(days().goLive('2019-04-24', ...open, ...closed, ['AFG', { kind: 'extension-request', dueOn: null }])).toEqual({
      'desk-GNB': ['GNB go-live'], 'coordinator-AUT': ['GNB go-live'], 'desk-BEN': ['BEN go-live'], registrar: ['BEN go-live'],
    }));
  it('has everything begin from there: nothing of the past is made up', () => expect(days().seen('2019-04-25', ...open).on('2019-04-26', ...open)).toEqual({}));
});
