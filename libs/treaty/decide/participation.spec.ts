import { describe, it } from '@jest/globals';
import { ccm } from '../rules/ccm.js';
import { given, givenNothingBut } from '../testing/given.js';
import { appliedProvisionally, deposited, ratified, signed, withdrew } from '../testing/happenings.js';

describe('a signature', () => {
  it('is recorded while the Convention is open for it', () => given().when(signed('COD', '2009-03-18')).thenRecorded({ fact: { knownOn: '2009-03-18', knownBy: null } }));
  it('is recorded on the last day before entry into force', () => given().when(signed('COD', '2010-07-31')).thenRecorded());
  it('comes once', () => given(signed('COD', '2009-03-18')).when(signed('COD', '2009-04-01')).thenRefused('already-signed', /COD signed on 18 Mar 2009.*Correct that fact/));
  it('does not come after an instrument', () => given(deposited('NIU', '2010-03-01')).when(signed('NIU', '2010-04-01')).thenRefused('instrument-already-deposited', /on 1 Mar 2010 and has no need to sign/));
  it('does not come before the Convention was opened for it', () => given().when(signed('COD', '2008-12-02')).thenRefused('not-open-for-signature', /opened for signature on 3 Dec 2008/));
  it('does not come after entry into force: a State then accedes', () => given().when(signed('COD', '2010-08-01')).thenRefused('signature-closed', /entered into force on 1 Aug 2010.*accedes/, 'Art. 15'));
  it('is not closed while entry into force is not known', () => givenNothingBut(ccm).when(signed('COD', '2010-08-01')).thenRecorded());
});

describe('an instrument', () => {
  it.each(['ratification', 'acceptance', 'approval'] as const)('of %s is deposited by a signatory', (instrument) => given(signed('NLD', '2008-12-03')).when(deposited('NLD', '2011-02-23', instrument)).thenRecorded());
  it('of accession is deposited by a State that has not signed', () => given().when(deposited('NIU', '2020-08-06')).thenRecorded());
  it('of accession is not deposited by a signatory', () => given(signed('COD', '2009-03-18')).when(deposited('COD', '2020-08-06')).thenRefused('signatory-cannot-accede', /COD signed on 18 Mar 2009: it ratifies, accepts or approves/));
  it('of ratification is not deposited without a signature', () => given().when(ratified('NIU', '2020-08-06')).thenRefused('not-signed', /has not signed.*Record an accession instead/));
  it('is not deposited before the signature', () => given(signed('COD', '2009-03-18')).when(ratified('COD', '2009-03-17')).thenRefused('deposited-before-signing', /signed on 18 Mar 2009, after this deposit.*[Cc]orrect/));
  it('may be deposited on the day of signature (Ireland)', () => given(signed('MLI', '2008-12-03')).when(ratified('MLI', '2008-12-03')).thenRecorded());
  it('is deposited once', () => given(deposited('NIU', '2020-08-06')).when(deposited('NIU', '2020-08-07')).thenRefused('instrument-already-deposited', /on 6 Aug 2020. Correct that fact/, 'Art. 17(2)'));
});

describe('provisional application', () => {
  const switzerland = [signed('CHE', '2008-12-03'), ratified('CHE', '2012-07-17')];
  it('is declared with the instrument', () => given(...switzerland).when(appliedProvisionally('CHE', '2012-07-17')).thenRecorded());
  it('is not declared without one', () => given(signed('CHE', '2008-12-03')).when(appliedProvisionally('CHE', '2012-07-17')).thenRefused('no-deposit', /has not deposited.*declared with it/, 'Art. 18'));
  it('is not declared before it', () => given(...switzerland).when(appliedProvisionally('CHE', '2012-07-16')).thenRefused('no-deposit', /declared with it/));
  it('is not declared once the Convention is in force', () => given(...switzerland).when(appliedProvisionally('CHE', '2013-01-01')).thenRefused('already-in-force', /in force for CHE since 1 Jan 2013; there is nothing to apply provisionally/));
  it('is declared once', () => given(...switzerland, appliedProvisionally('CHE', '2012-07-17')).when(appliedProvisionally('CHE', '2012-08-01')).thenRefused('provisional-application-already-declared', /already declared/));
});

describe('a withdrawal', () => {
  const lithuania = [signed('LTU', '2008-12-03'), ratified('LTU', '2011-03-24')];
  it('is notified by a Party', () => given(...lithuania).when(withdrew('LTU', '2024-09-06', '2025-03-06')).thenRecorded());
  it('is not notified by a State that is not bound yet', () => given(...lithuania).when(withdrew('LTU', '2011-08-31')).thenRefused('not-bound', /in force for it on 1 Sep 2011.*only a State Party can withdraw/, 'Art. 20(3)'));
  it('is not notified by a signatory', () => given(signed('COD', '2009-03-18')).when(withdrew('COD', '2020-01-01')).thenRefused('not-bound', /not bound on 1 Jan 2020; only a State Party/));
  it('is notified once', () => given(...lithuania, withdrew('LTU', '2024-09-06')).when(withdrew('LTU', '2024-10-06')).thenRefused('withdrawal-already-notified', /on 6 Sep 2024.*Correct that fact/));
});

describe('a return', () => {
  const left = [signed('LTU', '2008-12-03'), ratified('LTU', '2011-03-24'), withdrew('LTU', '2024-09-06')];
  it('is an accession once the withdrawal has taken effect', () => given(...left).when(deposited('LTU', '2025-03-06')).thenRecorded());
  it('is none before that', () => given(...left).when(deposited('LTU', '2025-03-05')).thenRefused('instrument-already-deposited', /24 Mar 2011/));
  it('is no ratification: the signature is used up', () => given(...left).when(ratified('LTU', '2025-06-01')).thenRefused('not-signed', /has withdrawn.*Record an accession instead/));
  it('may be followed by another withdrawal and another provisional application', () => {
    given(...left, deposited('LTU', '2025-05-01')).when(withdrew('LTU', '2026-05-01')).thenRecorded();
    given(signed('LTU', '2008-12-03'), ratified('LTU', '2011-03-24'), appliedProvisionally('LTU', '2011-03-24'), withdrew('LTU', '2024-09-06'), deposited('LTU', '2025-05-01')).when(appliedProvisionally('LTU', '2025-05-01')).thenRecorded();
  });
});
