import { describe, it } from '@jest/globals';
import { given } from '../testing/given.js';
import { completed, completionDeclared, declared, deposited, happened, noStockpile, ratified, reopened, signed, type When } from '../testing/happenings.js';

const peru = (...rest: Parameters<typeof given>) => given(signed('PER', '2008-12-03'), ratified('PER', '2012-09-26'), declared('PER', 3), ...rest);

describe('met', () => {
  it.each<[string, When, string]>([
    ['in time on the due date itself', '2021-03-01', 'met'],
    ['late on the day after', '2021-03-02', 'met-late'],
    ['in time if the whole month lies before', '2021-02', 'met'],
    ['undated if the due date lies in the month', '2021-03', 'met-undated'],
    ['undated if it lies in the year', '2021', 'met-undated'],
    ['late if the whole month lies after', '2021-04', 'met-late'],
    ['in time if it is known to have happened by then', ['2021', '2021-02-15'], 'met'],
    ['in time if only a day by which it happened is known, and that lies before', [null, '2015-09-11'], 'met'],
    ['undated if only a later such day is known: nobody knows how much earlier it was', [null, '2022-09-11'], 'met-undated'],
  ])('%s', (_, when, status) => peru(completed('PER', 3, when)).assess('2023-01-01').then({ stockpiles: { status: status as 'met', dueOn: '2021-03-01' }, stockpileRequest: { status: 'met' } }));

  it('by the first to count of completion and its declaration', () => {
    peru(completed('PER', 3, '2021-02-01'), completionDeclared('PER', 3, '2021-06-01')).assess('2021-06-01').then({ stockpiles: { status: 'met', metOn: '2021-02-01', metBy: 'PER-4' } });
    peru(completionDeclared('PER', 3, '2021-02-01'), completed('PER', 3, '2021-06-01')).assess('2021-06-01').then({ stockpiles: { status: 'met', metOn: '2021-02-01', metBy: 'PER-4' } });
  });
  it('from the last day on which it can have happened', () => {
    peru(completed('PER', 3, '2020-06')).assess('2020-06-29').then({ stockpiles: { status: 'pending' } });
    peru(completed('PER', 3, '2020-06')).assess('2020-06-30').then({ stockpiles: { status: 'met', metOn: '2020-06-30' } });
  });
  it('even before the State was bound, even before there was a treaty: Ecuador, 2004', () =>
    given(signed('ECU', '2008-12-03'), ratified('ECU', '2010-05-11'), declared('ECU', 3), completed('ECU', 3, '2004')).assess('2010-05-11').then({ stockpiles: { status: 'met', dueOn: '2018-11-01' } }));
  it('not by what is only part of it: a first declaration, further stock, progress (Slovenia)', () => {
    const slovenia = given(
      signed('SVN', '2008-12-03'), ratified('SVN', '2009-08-19'), declared('SVN', 3), happened('SVN', 'initial-completion-declared', '2011-07-29', { article: 3 }),
      happened('SVN', 'further-stock-found', '2017', { article: 3, quantity: 41_825 }), happened('SVN', 'progress-reported', '2018-01-15', { article: 3 }), completed('SVN', 3, '2018-04'),
    );
    slovenia.assess('2011-08-01').then({ stockpiles: { status: 'pending' } });
    slovenia.assess('2018-04-29').then({ stockpiles: { status: 'pending' } });
    slovenia.assess('2018-04-30').then({ stockpiles: { status: 'met' } });
  });
});

describe('reopened: Mauritania, declared clear in 2013, contamination found in 2020', () => {
  const declaredClear = [signed('MRT', '2010-04-19'), ratified('MRT', '2012-02-01'), declared('MRT', 4), completionDeclared('MRT', 4, '2013')];
  const mauritania = given(...declaredClear, reopened('MRT', 4, ['2020', '2020-09-28']));

  it('had met its obligation until the finding', () => mauritania.assess('2020-09-27').then({ clearance: { status: 'met', dueOn: '2022-08-01' }, clearanceRequest: { status: 'met' } }));
  it('owes again from the finding on, with the former due date', () => mauritania.assess('2020-09-28').then({ clearance: { status: 'pending', dueOn: '2022-08-01', extended: false } }));
  it('is overdue if nothing follows', () => mauritania.assess('2022-08-02').then({ clearance: { status: 'overdue' } }));
  it('was taken for clear in 2015, and still is if one asks by what was known then', () => {
    mauritania.assess('2015-09-11').then({ clearance: { status: 'met' } });
    mauritania.assess({ asAt: '2021-01-01', knownOn: '2020-09-27' }).then({ clearance: { status: 'met' } });
  });
  it('meets it by a further completion', () =>
    given(...declaredClear, reopened('MRT', 4, '2020-09-28'), completed('MRT', 4, '2022-05-01')).assess('2022-06-01').then({ clearance: { status: 'met', metOn: '2022-05-01' } }));
});

describe('found later without a declaration', () => {
  it('contamination is an obligation from its own date', () => {
    const found = given(deposited('SSD', '2023-08-03'), reopened('SSD', 4, '2024-05-01'));
    found.assess('2024-04-30').then({ clearance: null });
    found.assess('2024-05-01').then({ clearance: { dueOn: '2034-02-01', status: 'pending' } });
  });
  it('undoes the finding that there was nothing', () => {
    const found = given(deposited('SSD', '2023-08-03'), declared('SSD', 4), happened('SSD', 'obligation-found-not-to-exist', '2024-01-01', { article: 4 }), reopened('SSD', 4, '2024-05-01'));
    found.assess('2024-04-30').then({ clearance: { status: 'not-owed' }, clearanceRequest: null });
    found.assess('2024-05-01').then({ clearance: { status: 'pending' }, clearanceRequest: { status: 'pending' } });
  });
});

describe('never owed: Guinea-Bissau, found in May 2022 to have had no stockpile', () => {
  const bissau = given(signed('GNB', '2008-12-04'), ratified('GNB', '2010-11-29'), declared('GNB', 3), noStockpile('GNB', '2022-05'));
  it('had let its deadline pass, by what was known on 1 June 2019', () => bissau.assess('2019-06-01').then({ stockpiles: { status: 'overdue', dueOn: '2019-05-01' }, stockpileRequest: { status: 'lapsed' } }));
  it('never had stocks on that same day, by what was known in June 2022', () => bissau.assess({ asAt: '2019-06-01', knownOn: '2022-06-01' }).then({ stockpiles: { status: 'not-owed' }, stockpileRequest: null }));
  it('is known from the last day of that month', () => {
    bissau.assess('2022-05-30').then({ stockpiles: { status: 'overdue' } });
    bissau.assess('2022-05-31').then({ stockpiles: { status: 'not-owed' } });
  });
  it('holds from entry into force on', () => bissau.assess({ asAt: '2011-05-01', knownOn: '2022-06-01' }).then({ stockpiles: { status: 'not-owed' } }));
});
