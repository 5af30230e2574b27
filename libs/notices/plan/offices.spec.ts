import { describe, expect, it } from '@jest/globals';
import type { Appointment, DatedMeeting } from '#treaty';
import { inOffice } from './offices.js';

const meeting = (id: string, start: string, end: string): DatedMeeting => ({ id, title: id, start, end, knownOn: '2008-05-30', recordedAt: '' });
/** Not in the order in which they were held. */
const MEETINGS = [
  meeting('2RC', '2020-11-25', '2021-09-21'), meeting('8MSP', '2018-09-03', '2018-09-05'), meeting('9MSP', '2019-09-02', '2019-09-04'), meeting('7MSP', '2017-09-04', '2017-09-06'),
  meeting('6MSP', '2016-09-05', '2016-09-07'), meeting('10MSP', '2022-08-30', '2022-09-02'),
];
const appointed = (iso3: string, fromMeeting: string | null, toMeeting: string | null, theme = 'clearance'): Appointment => ({ theme, iso3, fromMeeting, toMeeting });
const whoOn = (day: string, ...appointments: Appointment[]): string[] => inOffice(appointments, MEETINGS, 'clearance', day);

describe('a coordinator is in office', () => {
  const mozambique = appointed('MOZ', '7MSP', '9MSP');
  it('from the end of one meeting to the end of another', () => {
    expect(whoOn('2017-09-05', mozambique)).toEqual([]);
    expect(whoOn('2017-09-06', mozambique)).toEqual(['MOZ']);
    expect(whoOn('2019-09-03', mozambique)).toEqual(['MOZ']);
    expect(whoOn('2019-09-04', mozambique)).toEqual([]);
  });
  it('until the second part of a conference in two', () => {
    const austria = appointed('AUT', '8MSP', '2RC');
    const bulgaria = appointed('BGR', '2RC', '10MSP');
    expect(whoOn('2020-11-27', austria, bulgaria)).toEqual(['AUT']);
    expect(whoOn('2021-09-20', austria, bulgaria)).toEqual(['AUT']);
    expect(whoOn('2021-09-21', austria, bulgaria)).toEqual(['BGR']);
  });
  it('for one theme', () => expect(whoOn('2018-01-01', appointed('ZMB', '7MSP', '8MSP', 'transparency'))).toEqual([]));
  it('with another, each once', () => expect(whoOn('2018-09-04', appointed('NLD', '7MSP', '8MSP'), appointed('LAO', '7MSP', '8MSP'), appointed('LAO', '7MSP', '9MSP'))).toEqual(['LAO', 'NLD']));
});

describe('of a term with a missing end', () => {
  it('the start is the meeting before its end', () => {
    // Norway, "before 2017".
    expect(whoOn('2016-09-06', appointed('NOR', null, '7MSP'))).toEqual([]);
    expect(whoOn('2016-09-07', appointed('NOR', null, '7MSP'))).toEqual(['NOR']);
    expect(whoOn('2017-09-06', appointed('NOR', null, '7MSP'))).toEqual([]);
  });
  it('the end is two meetings after its start', () => {
    expect(whoOn('2021-09-20', appointed('AFG', '9MSP', null))).toEqual(['AFG']);
    expect(whoOn('2022-09-01', appointed('AFG', '9MSP', null))).toEqual(['AFG']);
    expect(whoOn('2022-09-02', appointed('AFG', '9MSP', null))).toEqual([]);
  });
  it('it goes on where the meeting that would end it is not on record', () => expect(whoOn('2026-11-24', appointed('PHL', '10MSP', null), appointed('ITA', '10MSP', '3RC'))).toEqual(['ITA', 'PHL']));
  it('nothing is known of when it began where no meeting is', () => expect(whoOn('2020-01-01', appointed('NOR', null, null), appointed('CHE', '3RC', null), appointed('BEL', null, '6MSP'))).toEqual([]));
});
