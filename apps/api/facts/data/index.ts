import type { FactType } from '#treaty';
import { CorrectionData, DiscrepancyData, RemarkData, RetractionData } from './amendments.js';
import { AnalysisData, GrantData, RefusalData, RequestData } from './extensions.js';
import { ArticleData, AssistanceProvidedData, AssistanceReceivedData, CompletionData, DeclarationData, ProgressData, QuantityData } from './obligations.js';
import { DepositData, NoData, WithdrawalData } from './participation.js';
import { CoalitionData, ContactData, MeasuresData, ReportCorrectionData, ReportData, RetentionData, VictimAssistanceData } from './reports.js';

/** What the `data` of each kind of fact must look like. */
export const FACT_DATA: { readonly [T in FactType]: new () => object } = {
  signed: NoData,
  'instrument-deposited': DepositData,
  'provisional-application-declared': NoData,
  'withdrawal-notified': WithdrawalData,
  'obligation-declared': DeclarationData,
  'obligation-completed': QuantityData,
  'completion-declared': CompletionData,
  'initial-completion-declared': ArticleData,
  'further-stock-found': QuantityData,
  'contamination-discovered': ArticleData,
  'no-stockpile-confirmed': NoData,
  'obligation-found-not-to-exist': ArticleData,
  'work-plan-submitted': ArticleData,
  'progress-reported': ProgressData,
  'extension-requested': RequestData,
  'extension-request-revised': RequestData,
  'extension-request-analysed': AnalysisData,
  'extension-request-withdrawn': ArticleData,
  'extension-granted': GrantData,
  'extension-refused': RefusalData,
  'report-submitted': ReportData,
  'report-corrected': ReportCorrectionData,
  'national-measures-reported': MeasuresData,
  'victim-assistance-reported': VictimAssistanceData,
  'retention-reported': RetentionData,
  'assistance-requested': ArticleData,
  'assistance-provided': AssistanceProvidedData,
  'assistance-received': AssistanceReceivedData,
  'coalition-launched': CoalitionData,
  'coalition-concluded': CoalitionData,
  'focal-point-designated': ContactData,
  'focal-point-stood-down': ContactData,
  'discrepancy-noted': DiscrepancyData,
  'remark-made': RemarkData,
  'fact-corrected': CorrectionData,
  'fact-retracted': RetractionData,
};

export const FACT_TYPES = Object.keys(FACT_DATA) as FactType[];
