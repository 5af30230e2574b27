import { describe, it } from '@jest/globals';
import { given } from '../testing/given.js';
import { completed, corrected, declared, deposited, granted, ratified, reportedInitially, requested, retracted, signed } from '../testing/happenings.js';

const niue = [deposited('NIU', '2020-08-06'), declared('NIU', 3)];

describe('an amendment', () => {
  it('names a fact of the same dossier', () => {
    given(...niue).when(corrected('NIU-9', '2026-01-01', { effectiveOn: '2020-08-07' })).thenRefused('unknown-fact', /NIU's dossier holds no fact NIU-9. Its history names the ids/);
    given(...niue).when(retracted('NIU-9', '2026-01-01')).thenRefused('unknown-fact', /Its history names the ids/);
  });
  it('is of a fact that still stands', () => {
    const gone = given(...niue, retracted('NIU-2', '2025-01-01'));
    gone.when(corrected('NIU-2', '2026-01-01', { effectiveOn: '2020-08-07' })).thenRefused('fact-already-retracted', /Record it anew, or retract the retraction/);
    gone.when(retracted('NIU-2', '2026-01-01')).thenRefused('fact-already-retracted', /Record it anew, or retract the retraction/);
    gone.when(retracted('NIU-3', '2026-01-01')).thenRecorded();
  });
});

describe('a correction', () => {
  it('says what is to be corrected', () => given(...niue).when(corrected('NIU-1', '2026-01-01', {})).thenRefused('nothing-to-correct', /the date \(effectiveOn\) or the content \(data\)/));
  it('is not corrected itself', () => {
    const twice = given(...niue, corrected('NIU-1', '2026-01-01', { effectiveOn: '2020-08-07' }), retracted('NIU-2', '2026-01-02'));
    twice.when(corrected('NIU-3', '2026-01-03', { effectiveOn: '2020-08-08' })).thenRefused('cannot-correct-an-amendment', /correct the fact itself once more, or retract the correction/);
    twice.when(corrected('NIU-4', '2026-01-03', { effectiveOn: '2020-08-08' })).thenRefused('cannot-correct-an-amendment', /retract the correction/);
    twice.when(retracted('NIU-3', '2026-01-03')).thenRecorded();
  });
  it('leaves a fact that could have been recorded as it then reads', () => {
    given(...niue).when(corrected('NIU-1', '2026-01-01', { effectiveOn: '2026-02-01' })).thenRefused('date-in-the-future', /1 Feb 2026 lies in the future/);
    given(...niue).when(corrected('NIU-1', '2026-01-01', { effectiveOn: '2020-02-30' })).thenRefused('invalid-date', /must be a date that exists/);
    given(...niue).when(corrected('NIU-1', '2026-01-01', { effectiveOn: '2008-01-01' })).thenRefused('before-adoption', /Check the date/);
    given(...niue).when(corrected('NIU-1', '2026-01-01', { data: { instrument: 'ratification' } })).thenRefused('not-signed', /Record an accession instead/);
    given(signed('COD', '2009-03-18'), ratified('COD', '2020-01-01')).when(corrected('COD-2', '2026-01-01', { effectiveOn: '2009-03-17' })).thenRefused('deposited-before-signing', /correct that of the signature/);
    given(...niue, reportedInitially('NIU', '2021-07-31')).when(corrected('NIU-3', '2026-01-01', { data: { form: 'cover' } })).thenRefused('cover-page-as-initial-report', /form: full/);
    given(...niue, completed('NIU', 3, [null, '2021-01-01'])).when(corrected('NIU-3', '2026-01-01', { knownBy: null })).thenRefused('date-missing', /effectiveOn/);
  });
  it('is held against what was on record when the fact was recorded: a later withdrawal or completion is no hindrance', () => {
    const germany = [signed('DEU', '2008-12-03'), ratified('DEU', '2009-07-08'), declared('DEU', 4), requested('DEU', 4, '2018-12-02', { months: 60, meeting: '9MSP' }), granted('DEU', 4, '2019-09', { months: 60, meeting: '9MSP' }), completed('DEU', 4, '2024-01-01')];
    given(...germany).when(corrected('DEU-5', '2026-01-01', { data: { months: 48 } })).thenRecorded();
    given(...germany).when(corrected('DEU-5', '2026-01-01', { data: { months: 61 } })).thenRefused('extension-too-long', /61 months/);
    given(...germany).when(corrected('DEU-1', '2026-01-01', { effectiveOn: '2008-12-04' })).thenRecorded();
  });
});
