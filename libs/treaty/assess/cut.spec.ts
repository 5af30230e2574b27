import { describe, expect, it } from '@jest/globals';
import { ccm } from '../rules/ccm.js';
import { given, givenNothingBut } from '../testing/given.js';
import { completed, declared, deposited, granted, held, moved, ratified, recorded, requested, scheduled, signed, type When } from '../testing/happenings.js';
import { FIRST_THIRTY } from '../testing/history.js';
import type { AskedCut } from '../testing/record-in-memory.js';
import { daysOf } from './standing.js';
import type { DatedMeeting } from './treaty-record.js';

const niue = deposited('NIU', '2020-08-06');

describe('a fact counts if', () => {
  // Destroyed on 1 June 2021, known from a report of 30 April 2022, recorded on 9 May 2022.
  const destroyed = given(niue, declared('NIU', 3), recorded('2022-05-09', completed('NIU', 3, '2021-06-01'), '2022-04-30'));
  const asked = (cut: Parameters<typeof destroyed.assess>[0]) => destroyed.assess(cut).picture.stockpiles?.status;

  it('it took effect by `asAt`', () => expect([asked({ asAt: '2021-05-31', knownOn: '2026-01-01' }), asked({ asAt: '2021-06-01', knownOn: '2026-01-01' })]).toEqual(['pending', 'met']));
  it('it was known by `knownOn`', () => expect([asked({ asAt: '2026-01-01', knownOn: '2022-04-29' }), asked({ asAt: '2026-01-01', knownOn: '2022-04-30' })]).toEqual(['pending', 'met']));
  it('it was recorded by `recordedBy`', () => {
    // The deposit and the declaration were recorded long afterwards here, so only the destruction is looked at.
    const facts = (recordedBy: string) => given(recorded('2020-08-07', niue, '2020-08-06'), recorded('2020-08-07', declared('NIU', 3)), recorded('2022-05-09', completed('NIU', 3, '2021-06-01'), '2022-04-30'))
      .assess({ asAt: '2026-01-01', recordedBy }).picture.stockpiles?.status;
    expect([facts('2022-05-09T07:59:59.999Z'), facts('2022-05-09T08:00:00.000Z'), facts('2022-05-10T00:00:00.000Z')]).toEqual(['pending', 'met', 'met']);
  });
  it('all three hold', () => {
    const all = { asAt: '2021-06-01', knownOn: '2022-04-30', recordedBy: '2026-11-24T08:00:00.000Z' };
    expect(asked(all)).toBe('met');
    expect(asked({ ...all, asAt: '2021-05-31' })).toBe('pending');
    expect(asked({ ...all, knownOn: '2022-04-29' })).toBe('pending');
    expect(destroyed.assess({ ...all, recordedBy: '2026-11-24T07:59:59.000Z' }).picture.participation).toBe('none');
  });
  it('on one date alone: the picture as it was on that day', () => expect(['2021-06-01', '2022-04-29', '2022-04-30'].map((day) => asked(day))).toEqual(['pending', 'pending', 'met']));
});

describe('the days of a coarse date', () => {
  const nine = { id: '9MSP', title: '', start: '2019-09-02', end: '2019-09-04', knownOn: '', recordedAt: '' } satisfies DatedMeeting;
  const two = { ...nine, id: '2RC', start: '2020-11-25', end: '2021-09-21' };
  const days = (happening: { proposal: object }) => {
    const { first, last } = daysOf({ knownBy: null, ...happening.proposal, knownOn: '2026-11-24' } as Parameters<typeof daysOf>[0], [nine, two]);
    return [first, last];
  };
  const done = (when: When) => completed('DEU', 4, when);

  it('are the first and the last of its period', () => expect([days(done('2019')), days(done('2019-02'))]).toEqual([['2019-01-01', '2019-12-31'], ['2019-02-01', '2019-02-28']]));
  it('end with the day by which it is known', () => expect([days(done(['2019', '2019-04-30'])), days(done(['2019', '2020-04-30']))]).toEqual([['2019-01-01', '2019-04-30'], ['2019-01-01', '2019-12-31']]));
  it('have no first where only that day is known', () => expect(days(done([null, '2015-09-11']))).toEqual([null, '2015-09-11']));
  it('are one where the date is exact, whatever is said beside it', () => {
    expect(days(done(['2019-03-01', '2019-12-31']))).toEqual(['2019-03-01', '2019-03-01']);
    expect(days(granted('DEU', 4, '2019-09-01', { months: 1, meeting: '9MSP' }))).toEqual(['2019-09-01', '2019-09-01']);
  });
  it('of a grant end with its meeting, if that ends in the period', () => {
    expect(days(granted('DEU', 4, '2019-09', { months: 60, meeting: '9MSP' }))).toEqual(['2019-09-01', '2019-09-04']);
    expect(days(granted('DEU', 4, '2021', { months: 60, meeting: '2RC' }))).toEqual(['2021-01-01', '2021-09-21']);
    expect(days(granted('DEU', 4, '2020', { months: 60, meeting: '2RC' }))).toEqual(['2020-01-01', '2020-12-31']);
    expect(days(granted('DEU', 4, '2019-10', { months: 60, meeting: '9MSP' }))).toEqual(['2019-10-01', '2019-10-31']);
  });
  it('of a request end with the start of its meeting, if that lies in the period', () => {
    expect(days(requested('DEU', 4, '2020', { meeting: '2RC' }))).toEqual(['2020-01-01', '2020-11-25']);
    expect(days(requested('DEU', 4, '2021', { meeting: '2RC' }))).toEqual(['2021-01-01', '2021-12-31']);
    expect(days(requested('DEU', 4, '2019-09', { meeting: '9MSP' }))).toEqual(['2019-09-01', '2019-09-02']);
  });
  it('end with the earliest of all these', () => {
    expect(days(requested('DEU', 4, ['2020', '2020-09-28'], { meeting: '2RC' }))).toEqual(['2020-01-01', '2020-09-28']);
    expect(days(granted('DEU', 4, ['2021', '2022-05-17'], { months: 1, meeting: '2RC' }))).toEqual(['2021-01-01', '2021-09-21']);
  });
  it('are not bounded by a meeting that is only mentioned', () =>
    expect(days({ proposal: { type: 'completion-declared', effectiveOn: '2019-09', data: { article: 4, meeting: '9MSP' } } })).toEqual(['2019-09-01', '2019-09-30']));
});

describe('declared without a date', () => {
  it('an obligation is in effect and known from the deposit; the day by which it is known only says how we know', () => {
    const afghanistan = given(signed('AFG', '2008-12-03'), ratified('AFG', '2011-09-08'), declared('AFG', 4, [null, '2015-09-11']));
    afghanistan.assess('2011-09-07').then({ participation: 'signatory', clearance: null });
    afghanistan.assess('2011-09-08').then({ participation: 'contracting', clearance: { dueOn: '2022-03-01', status: 'pending' } });
  });
  it('with a date it is in effect and known from that date’s last day: Somalia, October 2019', () => {
    const somalia = given(signed('SOM', '2008-12-03'), ratified('SOM', '2015-09-30'), declared('SOM', 4, '2019-10'));
    somalia.assess('2019-10-30').then({ clearance: null });
    somalia.assess('2019-10-31').then({ clearance: { dueOn: '2026-03-01' } });
    somalia.assess({ asAt: '2019-10-30', knownOn: '2026-11-24' }).then({ clearance: null });
  });
});

describe('meetings at a cut', () => {
  const bosnia = [signed('BIH', '2008-12-03'), ratified('BIH', '2010-09-07'), declared('BIH', 4)];
  const treaty = (dates: { start?: string } = {}) => givenNothingBut(
    ccm, ...FIRST_THIRTY.map(([iso3, on]) => deposited(iso3, on)), ...bosnia, scheduled('2RC', '2020-11-23', '2020-11-27', '2019-09-04', '2026-11-24'),
    moved('2RC', '2020-11-25', '2021-09-21', '2020-06-29', '2026-11-25'), held('2RC', '2021-09-21', dates, '2026-11-26'),
  );
  const filing = (cut: AskedCut, of = treaty()) => of.assess(cut, 'BIH').picture.clearanceRequest?.dueOn;
  const now = { asAt: '2020-12-01', knownOn: '2022-01-01' };

  it('stand as they were scheduled by what was known', () => expect([filing({ ...now, knownOn: '2020-06-28' }), filing({ ...now, knownOn: '2020-06-29' })]).toEqual(['2020-02-23', '2020-02-25']));
  it('stand as they were scheduled by what was recorded', () => expect([filing({ ...now, recordedBy: '2026-11-24T12:00:00.000Z' }), filing({ ...now, recordedBy: '2026-11-25T12:00:00.000Z' })]).toEqual(['2020-02-23', '2020-02-25']));
  it('keep their dates when they are held', () => expect([filing({ ...now, knownOn: '2021-09-20' }), filing({ ...now, knownOn: '2021-09-21' })]).toEqual(['2020-02-25', '2020-02-25']));
  it('have other dates only from the fact that gives others', () => {
    const otherwise = treaty({ start: '2020-11-26' });
    expect([filing({ ...now, knownOn: '2021-09-20' }, otherwise), filing(now, otherwise)]).toEqual(['2020-02-25', '2020-02-26']);
    expect(filing({ ...now, recordedBy: '2026-11-25T12:00:00.000Z' }, otherwise)).toBe('2020-02-25');
  });
});
