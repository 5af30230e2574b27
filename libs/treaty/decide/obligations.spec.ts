import { describe, it } from '@jest/globals';
import { att } from '../rules/att.js';
import { given, givenNothingBut } from '../testing/given.js';
import { completed, completionDeclared, declared, deposited, happened, noStockpile, ratified, reopened, signed } from '../testing/happenings.js';

const honduras = [signed('HND', '2008-12-03'), ratified('HND', '2012-03-21')];

describe('an obligation', () => {
  it('is declared with a date or without; without, it is known from the deposit', () => {
    given(...honduras).when(declared('HND', 3)).thenRecorded({ fact: { effectiveOn: null, knownOn: '2012-03-21' } });
    given(...honduras).when(declared('HND', 3, [null, '2018-08-31'])).thenRecorded({ fact: { knownBy: '2018-08-31', knownOn: '2012-03-21' } });
    given(...honduras).when(declared('HND', 4, '2019-10')).thenRecorded({ fact: { knownOn: '2019-10-31' } });
  });
  it('may be declared before the deposit (its date is then the day of recording)', () => given(signed('HND', '2008-12-03')).when({ ...declared('HND', 3), recordedOn: '2011-01-01' }).thenRecorded({ fact: { knownOn: '2011-01-01' } }));
  it('is declared once', () => given(...honduras, declared('HND', 3)).when(declared('HND', 3, '2019-01-01')).thenRefused('obligation-already-declared', /Correct that fact if it is wrong/, 'Art. 3(2)'));
  it('may be declared anew with the end of hostilities, and after a finding that it did not exist', () => {
    given(...honduras, declared('HND', 4)).when(declared('HND', 4, '2020-01-01', '2019-01-01')).thenRecorded();
    given(...honduras, declared('HND', 3), noStockpile('HND', '2015-01-01')).when(declared('HND', 3, '2016-01-01')).thenRecorded();
  });
  it('is one under an article that has such', () => given(...honduras).when(declared('HND', 21)).thenRefused('unknown-article', /Article 21 .*those are 3, 4, 5, 9/));
});

describe('completion', () => {
  it.each([['completed', completed], ['declared', completionDeclared]] as const)('%s before the State had an obligation on record', (_, done) => given(...honduras).when(done('HND', 3, '2012-04-01')).thenRecorded());
  it('before its deposit, before the adoption of the Convention: Honduras, by December 2007; Ecuador, 2004', () => {
    given(...honduras, declared('HND', 3)).when(completed('HND', 3, [null, '2007-12-31'])).thenRecorded({ fact: { effectiveOn: null, knownOn: '2007-12-31' } });
    given(signed('ECU', '2008-12-03'), ratified('ECU', '2010-05-11')).when(completed('ECU', 3, '2004')).thenRecorded();
    given(signed('ECU', '2008-12-03')).when(completed('ECU', 3, '2004')).thenRecorded();
  });
  it('is not of what the State was found never to have had', () =>
    given(...honduras, declared('HND', 3), noStockpile('HND', '2015-01-01')).when(completed('HND', 3, '2016-01-01')).thenRefused('obligation-not-owed', /nothing to do under Article 3. Retract that finding first/, 'Art. 3(2)'));
  it('is not of an article without a deadline', () => given(...honduras).when(completed('HND', 5, '2016-01-01')).thenRefused('unknown-article', /no deadline and so no completion; the articles with one are 3, 4/));
});

describe('a finding', () => {
  it('that there is no stockpile is one under a treaty that knows stockpiles', () => {
    given(...honduras).when(noStockpile('HND', '2022-05')).thenRecorded({ fact: { knownOn: '2022-05-31' } });
    givenNothingBut(att, deposited('HND', '2014-01-01')).when(noStockpile('HND', '2022-05')).thenRefused('unknown-article', /knows no obligation to destroy stockpiles/);
  });
  it('of contamination or further stock is one under an article with a deadline', () => {
    given(...honduras).when(reopened('HND', 4, '2020-01-01')).thenRecorded();
    given(...honduras).when(reopened('HND', 9, '2020-01-01')).thenRefused('unknown-article', /the articles with one are 3, 4/);
    given(...honduras).when(happened('HND', 'further-stock-found', '2020-01-01', { article: 3, quantity: 12 })).thenRecorded();
  });
});

describe('what has no rule but its date', () => {
  it.each([
    happened('HND', 'initial-completion-declared', '2013-01-01', { article: 3 }), happened('HND', 'obligation-found-not-to-exist', '2013-01-01', { article: 5 }),
    happened('HND', 'work-plan-submitted', '2013-01', { article: 4 }), happened('HND', 'progress-reported', '2013', { article: 4, quantity: 3, unit: 'km2' }),
    happened('HND', 'assistance-requested', '2013-01-01', { article: 5 }), happened('HND', 'assistance-provided', '2013-01-01', { article: 4, to: 'LAO' }), happened('HND', 'assistance-received', '2013-01-01', { article: 4, from: 'CHE' }),
    happened('HND', 'national-measures-reported', '2013-01-01', { categories: ['specific_law'] }), happened('HND', 'victim-assistance-reported', [null, '2013-01-01'], { focal_point: true }),
    happened('HND', 'retention-reported', '2013-01-01', { quantity: 4, purpose: 'training' }), happened('HND', 'coalition-launched', '2013-01-01', { with: 'DEU' }), happened('HND', 'coalition-concluded', '2014-01-01', { with: 'DEU' }),
    happened('HND', 'focal-point-designated', '2013-01-01', { contact: 'c-1' }), happened('HND', 'focal-point-stood-down', '2013-01-01', { contact: 'c-1' }),
    happened('HND', 'discrepancy-noted', [null, '2013-01-01'], { subject: 'due date', kept: '1 Mar 2020', stated: '1 Apr 2020' }), happened('HND', 'remark-made', '2013-01-01', { about: 'deadline-passed' }),
  ])('$proposal.type', (happening) => given(...honduras).when(happening).thenRecorded({ fact: { type: happening.proposal.type, data: happening.proposal.data } }));
});
