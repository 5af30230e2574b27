import type { Day, ObligationStatus } from '#treaty';
import type { RecipientRole } from '../plan/day-plan.js';
import type { Links, NameOf, Notice, NoticeSubject, Sender } from './notice.js';

/** One made-up message of each kind, after real history: for previews, for test messages and for the golden texts. */
const CCM = { id: 'ccm', title: 'Convention on Cluster Munitions' };

const EFFECTIVE = ['deposited 7 Sep 2010', 'in force 1 Mar 2011 (Art. 17(2))'];

type About = Partial<NoticeSubject> & { dueOn: Day | null };

const clearance = (about: About): NoticeSubject => ({
  iso3: 'BIH', article: 4, kind: 'clearance', step: 'T-365', citation: 'Art. 4(1)(a)', title: 'clear and destroy all cluster munition remnants', status: 'pending', extendable: true,
  derivation: [...EFFECTIVE, '+ 10 years = 1 Mar 2021 (Art. 4(1)(a))', '+ 18 months granted by silence procedure for 2RC = 1 Sep 2022 (Art. 4(5))'], sequence: 1, ...about,
});

const stockpile = (about: About): NoticeSubject => ({
  iso3: 'BGR', article: 3, kind: 'stockpile-destruction', step: 'T+30', citation: 'Art. 3(2)', title: 'destroy all stockpiles of cluster munitions', status: 'overdue', extendable: true,
  derivation: ['deposited 6 Apr 2011', 'in force 1 Oct 2011 (Art. 17(2))', '+ 8 years = 1 Oct 2019 (Art. 3(2))'], ...about,
});

const report = (year: number, status: ObligationStatus, step: string, about: Partial<NoticeSubject> = {}): NoticeSubject => ({
  iso3: 'BIH', article: 7, kind: 'annual-report', year, step, citation: 'Art. 7(2)', title: '', dueOn: `${year + 1}-04-30`, status,
  derivation: ['initial report due 28 Aug 2011 (Art. 7(1))', `report for ${year} due 30 Apr ${year + 1} (Art. 7(2))`], ...about,
});

const filing = (about: About): NoticeSubject => ({
  iso3: 'BIH', article: 4, kind: 'extension-request', step: 'F-90', citation: 'Art. 4(6)', title: '', status: 'pending',
  lastMeeting: { id: '10MSP', title: 'Tenth Meeting of States Parties', start: '2022-08-30' },
  derivation: [...EFFECTIVE, '+ 10 years = 1 Mar 2021 (Art. 4(1)(a))', '+ 18 months granted by silence procedure for 2RC = 1 Sep 2022 (Art. 4(5))', '10MSP, the last meeting before that, starts 30 Aug 2022', '− 9 months = 30 Nov 2021 (Art. 4(6))'],
  ...about,
});

const notice = (id: string, on: Day, role: RecipientRole, about: NoticeSubject[]): Notice => ({
  id: `sample-${id}`, treaty: CCM, on, about,
  recipient: { role, contactId: `sample-${role}`, language: 'en', name: 'A. Example', office: 'Ministry of Foreign Affairs', address: 'a.example@mfa.example' },
});

const meeting = { lastMeeting: { id: '10MSP', title: 'Tenth Meeting of States Parties', start: '2022-08-30' }, filingDueOn: '2021-11-30' };

export const SAMPLE_NOTICES: Readonly<Record<string, Notice>> = {
  before: notice('before', '2021-09-01', 'focal-point', [clearance({ dueOn: '2022-09-01', ...meeting })]),
  'before-several': notice('before-several', '2022-04-01', 'deputy', [clearance({ dueOn: '2022-09-01', step: 'T-180', ...meeting }), report(2021, 'pending', 'Y-04-01')]),
  'before-unscheduled': notice('before-unscheduled', '2018-10-01', 'focal-point', [stockpile({ dueOn: '2019-10-01', step: 'T-365', status: 'pending' })]),
  today: notice('today', '2021-04-30', 'focal-point', [report(2020, 'pending', 'T0')]),
  overdue: notice('overdue', '2019-10-15', 'permanent-mission', [stockpile({ dueOn: '2019-10-01', step: 'T+14' })]),
  mixed: notice('mixed', '2021-05-14', 'focal-point', [report(2020, 'overdue', 'T+14'), clearance({ dueOn: '2022-09-01', step: 'T-540', ...meeting })]),
  filing: notice('filing', '2021-09-01', 'focal-point', [filing({ dueOn: '2021-11-30' })]),
  'go-live': notice('go-live', '2021-05-03', 'focal-point', [
    clearance({ dueOn: '2022-09-01', step: 'go-live', ...meeting }), report(2019, 'overdue', 'go-live'), report(2020, 'overdue', 'go-live'), filing({ dueOn: '2021-11-30', step: 'go-live' }),
  ]),
  'go-live-coordinator': notice('go-live-coordinator', '2021-05-03', 'coordinator', [clearance({ dueOn: '2022-09-01', step: 'go-live' }), clearance({ iso3: 'LAO', dueOn: '2025-08-01', step: 'go-live' })]),
  escalation: notice('escalation', '2019-10-31', 'coordinator', [stockpile({ dueOn: '2019-10-01' })]),
  digest: notice('digest', '2021-03-08', 'coordinator', [
    report(2020, 'pending', 'digest', { iso3: 'LAO' }), report(2020, 'pending', 'digest'), report(2019, 'overdue', 'digest', { iso3: 'GNB' }), report(2018, 'overdue', 'digest', { iso3: 'GNB' }),
    report(2019, 'met-late', 'digest', { iso3: 'BGR' }),
  ]),
  registrar: notice('registrar', '2021-05-31', 'registrar', [stockpile({ iso3: 'GNB', dueOn: '2019-05-01', step: 'M+24' }), report(2020, 'overdue', 'T+30')]),
  undeliverable: { ...notice('undeliverable', '2021-05-31', 'registrar', [report(2020, 'overdue', 'T+30')]), meantFor: 'focal-point' },
  confirmation: { ...notice('confirmation', '2022-02-01', 'focal-point', []), confirms: 'BIH' },
};

export const SAMPLE_SENDER: Sender = { name: 'Implementation Support Unit', address: 'reminders@isu.example' };

export const SAMPLE_LINKS: Links = { state: (iso3) => `https://record.isu.example/ccm/${iso3}`, unsubscribe: 'https://record.isu.example/u/9f2c51', confirm: 'https://record.isu.example/c/9f2c51' };

const NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  BGR: { en: 'Bulgaria', fr: 'Bulgarie', es: 'Bulgaria' },
  BIH: { en: 'Bosnia and Herzegovina', fr: 'Bosnie-Herzégovine', es: 'Bosnia y Herzegovina' },
  GNB: { en: 'Guinea-Bissau', fr: 'Guinée-Bissau', es: 'Guinea-Bissau' },
  LAO: { en: 'Lao People’s Democratic Republic', fr: 'République démocratique populaire lao', es: 'República Democrática Popular Lao' },
};

export const sampleNames: NameOf = (iso3, language) => NAMES[iso3]?.[language] ?? iso3;
