import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type AnyFactType, eventTypeOf, factTypeOf, readFact, writtenFact, type WrittenFact } from './event-types.js';

/** Every kind of fact with the versions in which it was ever written. Nothing may be taken from this list: logs hold them. */
const EVER_WRITTEN: Record<AnyFactType, readonly string[]> = {
  signed: ['Signed.v1'], 'instrument-deposited': ['InstrumentDeposited.v1'], 'provisional-application-declared': ['ProvisionalApplicationDeclared.v1'], 'withdrawal-notified': ['WithdrawalNotified.v1'],
  'obligation-declared': ['ObligationDeclared.v1'], 'obligation-completed': ['ObligationCompleted.v1'], 'completion-declared': ['CompletionDeclared.v1'],
  'initial-completion-declared': ['InitialCompletionDeclared.v1'], 'further-stock-found': ['FurtherStockFound.v1'], 'contamination-discovered': ['ContaminationDiscovered.v1'],
  'no-stockpile-confirmed': ['NoStockpileConfirmed.v1'], 'obligation-found-not-to-exist': ['ObligationFoundNotToExist.v1'], 'work-plan-submitted': ['WorkPlanSubmitted.v1'], 'progress-reported': ['ProgressReported.v1'],
  'extension-requested': ['ExtensionRequested.v1'], 'extension-request-revised': ['ExtensionRequestRevised.v1'], 'extension-request-analysed': ['ExtensionRequestAnalysed.v1'],
  'extension-request-withdrawn': ['ExtensionRequestWithdrawn.v1'], 'extension-granted': ['ExtensionGranted.v1'], 'extension-refused': ['ExtensionRefused.v1'],
  'report-submitted': ['ReportSubmitted.v1'], 'report-corrected': ['ReportCorrected.v1'], 'national-measures-reported': ['NationalMeasuresReported.v1'],
  'victim-assistance-reported': ['VictimAssistanceReported.v1'], 'retention-reported': ['RetentionReported.v1'],
  'assistance-requested': ['AssistanceRequested.v1'], 'assistance-provided': ['AssistanceProvided.v1'], 'assistance-received': ['AssistanceReceived.v1'],
  'coalition-launched': ['CoalitionLaunched.v1'], 'coalition-concluded': ['CoalitionConcluded.v1'], 'focal-point-designated': ['FocalPointDesignated.v1'], 'focal-point-stood-down': ['FocalPointStoodDown.v1'],
  'discrepancy-noted': ['DiscrepancyNoted.v1'], 'remark-made': ['RemarkMade.v1'], 'fact-corrected': ['FactCorrected.v1'], 'fact-retracted': ['FactRetracted.v1'],
  'meeting-scheduled': ['MeetingScheduled.v1'], 'meeting-moved': ['MeetingMoved.v1'], 'meeting-held': ['MeetingHeld.v1'], 'coverage-stated': ['CoverageStated.v1'],
  'went-live': ['WentLive.v1'], 'coordinator-appointed': ['CoordinatorAppointed.v1'], 'coordinator-stood-down': ['CoordinatorStoodDown.v1'],
};

const golden = new URL('./golden/', import.meta.url);
const readJson = (name: string): unknown => JSON.parse(readFileSync(new URL(name, golden), 'utf8'));
/** What each golden event says today. */
const facts = readJson('facts.json') as { [eventType: string]: object };
const versions = Object.values(EVER_WRITTEN).flat();

describe('an event as it was written once', () => {
  it.each(versions)('%s is read as the fact that it is', (type) => {
    const stored = readJson(`${type}.json`) as { type: string; data: WrittenFact };
    expect(stored.type).toBe(type);
    expect(readFact({ id: 'an-id', recordedAt: '2026-11-24T08:00:00.000Z', ...stored })).toEqual({ id: 'an-id', recordedAt: '2026-11-24T08:00:00.000Z', ...facts[type] });
  });

  it('has its file, and no file is without its place in the list', () =>
    expect(readdirSync(golden).filter((name) => name !== 'facts.json').sort()).toEqual(versions.map((type) => `${type}.json`).sort()));
});

describe('the name of an event', () => {
  it.each(Object.entries(EVER_WRITTEN))('of %s is its newest version', (type, written) => {
    expect(eventTypeOf(type as AnyFactType)).toBe(written.at(-1));
    expect(written.map(factTypeOf)).toEqual(written.map(() => type));
  });
  it('may have any version', () => expect([factTypeOf('InstrumentDeposited.v2'), factTypeOf('ObligationFoundNotToExist.v12')]).toEqual(['instrument-deposited', 'obligation-found-not-to-exist']));
});

it('what is written is dates and data, nothing else', () => {
  const fact = { id: 'an-id', type: 'signed', recordedAt: 'now', effectiveOn: '2008-12-03', knownBy: null, knownOn: '2008-12-03', data: {} };
  expect(writtenFact(fact)).toEqual({ effectiveOn: '2008-12-03', knownBy: null, knownOn: '2008-12-03', data: {} });
});
