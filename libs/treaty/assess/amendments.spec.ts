import { describe, expect, it } from '@jest/globals';
import { given } from '../testing/given.js';
import { completed, corrected, declared, deposited, granted, happened, ratified, recorded, requested, retracted, signed } from '../testing/happenings.js';

/** Recorded on 7 August 2020 with the wrong day. */
const niue = [recorded('2020-08-07', deposited('NIU', '2020-07-06'), '2020-07-06')];

describe('a correction', () => {
  const history = given(...niue, corrected('NIU-1', '2020-10-01', { effectiveOn: '2020-08-06' }));
  it('changes what is known from its day on', () => history.assess('2020-10-01').then({ depositedOn: '2020-08-06', inForceOn: '2021-02-01' }));
  it('leaves what was known before as it was', () => history.assess('2020-09-30').then({ depositedOn: '2020-07-06', inForceOn: '2021-01-01' }));
  it('is seen on an earlier day by what is known now', () => history.assess({ asAt: '2020-07-31', knownOn: '2020-10-01' }).then({ participation: 'none' }));
  it('is not seen at an instant before it was recorded', () =>
    history.assess({ asAt: '2020-12-31', knownOn: '2026-01-01', recordedBy: '2020-09-01T00:00:00.000Z' }).then({ depositedOn: '2020-07-06' }));
  it('may come again, and the last one counts', () => {
    const twice = given(...niue, corrected('NIU-1', '2020-10-01', { effectiveOn: '2020-08-06' }), corrected('NIU-1', '2020-11-01', { effectiveOn: '2020-06-15' }));
    twice.assess('2020-10-31').then({ inForceOn: '2021-02-01' });
    twice.assess('2020-11-01').then({ inForceOn: '2020-12-01' });
  });
  it('gives the date in its own place, too', () =>
    given(...niue, { ...corrected('NIU-1', '2020-10-01', {}), proposal: { ...corrected('NIU-1', '2020-10-01', {}).proposal, effectiveOn: '2020-08-06' } }).assess('2020-10-01').then({ inForceOn: '2021-02-01' }));
  it('of the content leaves the date, and the rest of the content', () =>
    given(...niue, corrected('NIU-1', '2020-10-01', { data: { depositaryNotification: 'C.N.326.2020' } })).assess('2020-10-01').then({ depositedOn: '2020-07-06', instrument: 'accession' }));
  it('of a coarse date to an exact one drops the day by which it was known', () =>
    given(deposited('NIU', '2020-08-06'), declared('NIU', 3), completed('NIU', 3, [null, '2023-05-01']), corrected('NIU-3', '2026-01-01', { effectiveOn: '2022-03-03' }))
      .assess('2026-01-01').then({ stockpiles: { metOn: '2022-03-03' } }));
  it('of the day by which it was known alone is one', () =>
    given(deposited('NIU', '2020-08-06'), declared('NIU', 3), completed('NIU', 3, [null, '2023-05-01']), corrected('NIU-3', '2026-01-01', { knownBy: '2022-12-31' }))
      .assess('2026-01-01').then({ stockpiles: { metOn: '2022-12-31' } }));
  it('of several facts and several parts adds up', () =>
    given(
      signed('BIH', '2008-12-03'), ratified('BIH', '2010-09-07'), declared('BIH', 4), requested('BIH', 4, '2020-09', { months: 18, meeting: '2RC' }), granted('BIH', 4, '2021-02-26', { months: 12, meeting: '2RC', mode: 'silence' }),
      corrected('BIH-5', '2021-03-01', { data: { months: 18 } }), corrected('BIH-5', '2021-03-02', { effectiveOn: '2021-02-28' }), corrected('BIH-2', '2021-03-03', { effectiveOn: '2010-10-07' }),
    ).assess('2021-09-21').then({ clearance: { dueOn: '2022-10-01' } }));
});

describe('a retraction', () => {
  const history = given(...niue, retracted('NIU-1', '2020-10-01'));
  it('takes a fact away from its day on', () => history.assess('2020-10-01').then({ participation: 'none', depositedOn: null }));
  it('leaves what was known before as it was', () => history.assess('2020-09-30').then({ participation: 'contracting' }));
  it('takes the corrections of the fact with it', () => given(...niue, corrected('NIU-1', '2020-09-01', { effectiveOn: '2020-08-06' }), retracted('NIU-1', '2020-10-01')).assess('2020-10-01').then({ participation: 'none' }));

  it('of a correction brings back the fact as it was recorded', () => {
    const undone = given(...niue, corrected('NIU-1', '2020-10-01', { effectiveOn: '2020-08-06' }), retracted('NIU-2', '2020-11-01'));
    undone.assess('2020-10-31').then({ inForceOn: '2021-02-01' });
    undone.assess('2020-11-01').then({ inForceOn: '2021-01-01' });
  });
  it('of one of several corrections leaves the others', () =>
    given(...niue, corrected('NIU-1', '2020-10-01', { effectiveOn: '2020-08-06' }), corrected('NIU-1', '2020-11-01', { effectiveOn: '2020-06-15' }), retracted('NIU-3', '2020-12-01')).assess('2020-12-01').then({ inForceOn: '2021-02-01' }));

  it('of a retraction brings the fact back', () => {
    const restored = given(...niue, retracted('NIU-1', '2020-10-01'), retracted('NIU-2', '2020-11-01'));
    restored.assess('2020-09-30').then({ participation: 'contracting' });
    restored.assess('2020-10-31').then({ participation: 'none' });
    restored.assess('2020-11-01').then({ participation: 'contracting', inForceOn: '2021-01-01' });
  });
  it('may be undone and done again', () => {
    const chain = given(...niue, retracted('NIU-1', '2020-10-01'), retracted('NIU-2', '2020-11-01'), retracted('NIU-3', '2020-12-01'));
    expect(['2020-10-01', '2020-11-01', '2020-12-01'].map((day) => chain.assess(day).picture.participation)).toEqual(['none', 'contracting', 'none']);
    chain.when(retracted('NIU-1', '2020-12-02')).thenRefused('fact-already-retracted', /retract the retraction/);
  });
});

describe('what a fact stands on', () => {
  it('goes only after the fact itself', () => {
    const left = [signed('LTU', '2008-12-03'), ratified('LTU', '2011-03-24'), happened('LTU', 'withdrawal-notified', '2024-09-06', {})];
    given(...left).when(retracted('LTU-1', '2026-01-01')).thenRefused('fact-is-relied-on', /instrument-deposited.*Retract that first/);
    given(...left).when(retracted('LTU-2', '2026-01-01')).thenRefused('fact-is-relied-on', /withdrawal-notified.*Retract that first/);
    given(...left, deposited('LTU', '2025-05-01')).when(retracted('LTU-3', '2026-01-01')).thenRefused('fact-is-relied-on', /instrument-deposited.*Retract that first/);
    given(...left, retracted('LTU-3', '2025-12-01')).when(retracted('LTU-2', '2026-01-01')).thenRecorded();
  });
  it('does not come back where something else has taken its place', () => {
    const replaced = [...niue, retracted('NIU-1', '2020-10-01'), recorded('2020-10-02', deposited('NIU', '2020-08-06'))];
    given(...replaced).when(retracted('NIU-2', '2020-10-03')).thenRefused('instrument-already-deposited', /6 Aug 2020/);
    given(...replaced, retracted('NIU-3', '2020-10-03')).when(retracted('NIU-2', '2020-10-04')).thenRecorded();
  });
});
