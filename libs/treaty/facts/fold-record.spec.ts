import { describe, expect, it } from '@jest/globals';
import { emptyRecord, foldRecord, shapesRecord } from './fold-record.js';
import { dossierStream, meetingStream, parseStream, recordStream, type StreamName } from './streams.js';

const event = (type: string, data: object, knownOn = '2019-09-04', id = type) => ({ id, type, recordedAt: '2026-11-24T08:00:00.000Z', data: { effectiveOn: null, knownBy: null, knownOn, data } });
const folded = (...events: [stream: string, event: ReturnType<typeof event>][]) => {
  const record = emptyRecord();
  const changed = events.map(([stream, one]) => foldRecord(record, parseStream(stream) as StreamName, one));
  return { record, changed };
};
const niue = dossierStream('ccm', 'NIU');
const review = meetingStream('ccm', '2RC');
const about = recordStream('ccm');

describe('what is known of a treaty as a whole', () => {
  it('holds every State’s deposit, and what corrects or retracts anything of a State that has deposited', () => {
    const { record, changed } = folded(
      [niue, event('FactCorrected.v1', { fact: 'x', reason: 'before any deposit' })], [niue, event('InstrumentDeposited.v1', { instrument: 'accession' })], [niue, event('ReportSubmitted.v1', { kind: 'annual', years: [], form: 'full' })],
      [niue, event('FactCorrected.v1', { fact: 'x', reason: 'y' })], [niue, event('FactRetracted.v1', { fact: 'x', reason: 'y' })],
    );
    expect(changed).toEqual([false, true, false, true, true]);
    expect(record.deposits.get('NIU')?.map(({ type }) => type)).toEqual(['instrument-deposited', 'fact-corrected', 'fact-retracted']);
  });

  it('holds each schedule of a meeting; that it was held is no further one', () => {
    const { record } = folded(
      [review, event('MeetingScheduled.v1', { title: 'Second Review Conference', start: '2020-11-23', end: '2020-11-27' })], [review, event('MeetingMoved.v1', { start: '2020-11-25', end: '2021-09-21' }, '2020-06-29')], [review, event('MeetingHeld.v1', {}, '2021-09-21')],
    );
    expect(record.meetings.map(({ start, knownOn, held }) => [start, knownOn, held])).toEqual([['2020-11-23', '2019-09-04', undefined], ['2020-11-25', '2020-06-29', true]]);
  });

  it('takes a meeting that is only known to have been held', () => expect(folded([review, event('MeetingHeld.v1', { start: '2020-11-25', end: '2021-09-21' })]).record.meetings).toMatchObject([{ id: '2RC', title: '2RC', start: '2020-11-25', held: true }]));

  it('holds until when the record is complete, by kind, the last word counting, and nothing of discrepancies', () => {
    const { record, changed } = folded(
      [about, event('CoverageStated.v1', { kind: 'clearance', completeUntil: '2020-09-28' })], [about, event('CoverageStated.v1', { kind: 'annual-report', completeUntil: null })],
      [about, event('CoverageStated.v1', { kind: 'clearance', completeUntil: '2025-09-19' })], [about, event('DiscrepancyNoted.v1', { subject: 'a', kept: 'b', stated: 'c' })],
    );
    expect(record.coverage.completeUntil).toEqual({ clearance: '2025-09-19', 'annual-report': null });
    expect(changed).toEqual([true, true, true, false]);
  });

  it('need not see what cannot shape it', () => {
    const shapes = (stream: string, type: string) => shapesRecord(parseStream(stream) as StreamName, { type });
    expect([shapes(niue, 'InstrumentDeposited.v1'), shapes(niue, 'FactRetracted.v1'), shapes(niue, 'Signed.v1'), shapes(review, 'MeetingMoved.v1'), shapes(about, 'CoverageStated.v1')]).toEqual([true, true, false, true, true]);
  });
});
