/**
 * "No", with a stable code for programs, a sentence that helps a person, and the article it rests on. Anything else that
 * is thrown is a bug.
 */
export class Refusal extends Error {
  constructor(
    readonly code: RefusalCode,
    message: string,
    readonly article?: string,
  ) {
    super(message);
    this.name = 'Refusal';
  }
}

export const REFUSAL_CODES = [
  'already-signed', 'article-has-no-extension', 'before-adoption', 'cover-page-as-initial-report', 'cannot-correct-an-amendment',
  'date-in-the-future', 'date-missing', 'deposited-before-signing', 'extension-too-long', 'fact-already-retracted', 'fact-is-relied-on',
  'grant-without-length', 'initial-report-already-submitted', 'instrument-already-deposited', 'invalid-date', 'known-before-it-happened',
  'meeting-already-held', 'meeting-already-scheduled', 'meeting-ends-before-it-starts', 'meeting-not-held', 'no-deposit', 'no-request-to-decide',
  'no-such-obligation', 'not-bound', 'not-open-for-signature', 'not-signed', 'nothing-to-correct', 'obligation-already-declared',
  'obligation-already-met', 'obligation-not-owed', 'provisional-application-already-declared', 'report-for-the-future', 'report-year-not-owed',
  'already-in-force', 'signatory-cannot-accede', 'signature-closed', 'unknown-article', 'unknown-fact', 'unknown-meeting',
  'withdrawal-already-notified',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];
