import { describe, expect, it } from '@jest/globals';
import { assess, type AnyFact, END_OF_TIME, TREATIES, treatyAt, type TreatyRecord } from '#treaty';
import { TEMPLATE_LANGUAGES, type TemplateLanguage } from '../../simulation/sample-directory.js';
import { citationInWords } from './citations.js';
import { dateInWords, dateOfWords, daysBetween } from './dates.js';
import { stepInWords } from './derivation.js';
import { counted, fill, gapsOf, typeset } from './fill.js';
import { CATALOGUES } from './index.js';
import { dutyInWords, meetingInWords, owedInWords, treatyInWords, underTreaty } from './names.js';

/** Every phrase of a catalogue by its path. */
const phrasesOf = (words: object, path = ''): [string, string][] =>
  Object.entries(words).flatMap(([key, value]): [string, string][] => (typeof value === 'string' ? [[`${path}${key}`, value]] : phrasesOf(value as object, `${path}${key}.`)));

/** What may be the same in two languages: signs, and layouts without words. */
const SAME_EVERYWHERE = /^(dir|colon|ordinal|steps\.(term|monthsBefore|granted)|calendar\.summary|units\.|duties\.other)/;

describe('the words of every language', () => {
  const english = new Map(phrasesOf(CATALOGUES.en));

  it.each(TEMPLATE_LANGUAGES)('%s: none is empty, each has the gaps of the English one', (language) => {
    const phrases = new Map(phrasesOf(CATALOGUES[language]));
    expect([...phrases.keys()]).toEqual([...english.keys()]);
    for (const [path, phrase] of phrases) {
      if (path !== 'colon') expect([path, phrase]).toEqual([path, phrase.trim()]);
      expect([path, phrase.length > 0]).toEqual([path, true]);
      expect([path, gapsOf(phrase)]).toEqual([path, gapsOf(english.get(path) ?? '')]);
    }
  });

  it.each([['en', 'fr'], ['en', 'es'], ['fr', 'es']] as [TemplateLanguage, TemplateLanguage][])('%s and %s: nothing was left untranslated', (one, other) => {
    const others = new Map(phrasesOf(CATALOGUES[other]));
    const same = phrasesOf(CATALOGUES[one]).filter(([path, phrase]) => others.get(path) === phrase && !SAME_EVERYWHERE.test(path));
    expect(same).toEqual([]);
  });

  it.each(TEMPLATE_LANGUAGES)('%s: groups, ways to stand and kinds of messages are told apart', (language) => {
    const { groups, standing, subjects, openings, duties } = CATALOGUES[language];
    for (const words of [groups, standing, subjects, duties, openings]) {
      const phrases = Object.values(words).map((phrase) => (typeof phrase === 'string' ? phrase : phrase.other));
      expect(new Set(phrases).size).toBe(phrases.length);
    }
  });

  it('fails loudly where a gap has no value', () => {
    expect(() => fill('Due on {date}', {})).toThrow('needs "date"');
  });
});

describe('dates, numbers and marks', () => {
  it.each([['en', '1 August 2025'], ['fr', '1er août 2025'], ['es', '1 de agosto de 2025']] as [TemplateLanguage, string][])('%s writes %s', (language, words) => {
    expect(dateInWords('2025-08-01', language)).toBe(words);
  });

  it('keeps a coarse date coarse', () => {
    expect([dateInWords('2021', 'en'), dateInWords('2021-03', 'fr'), dateInWords('2021-03', 'es')]).toEqual(['2021', 'mars 2021', 'marzo de 2021']);
  });

  it('reads what the rules wrote', () => {
    expect([dateOfWords('7 Sep 2010'), dateOfWords('Sep 2010'), dateOfWords('2010'), dateOfWords('soon'), dateOfWords('7 Foo 2010')]).toEqual(['2010-09-07', '2010-09', '2010', null, null]);
  });

  it('counts days by the calendar', () => {
    expect([daysBetween('2024-02-28', '2024-03-01'), daysBetween('2024-03-01', '2024-02-28')]).toEqual([2, -2]);
  });

  it('uses each language’s plural', () => {
    const days = CATALOGUES.fr.units.days;
    expect([counted('fr', days, 1), counted('fr', days, 2), counted('en', CATALOGUES.en.units.days, 0)]).toEqual(['1 jour', '2 jours', '0 days']);
  });

  it('keeps French marks on the line of their word, and citations together', () => {
    expect(typeset('es', 'artículo 7 (art. 7, párr. 2)')).toBe('artículo\u00a07 (art.\u00a07, párr.\u00a02)');
    expect([typeset('fr', 'Rappel : oui ; non'), typeset('es', 'Recordatorio: sí')]).toEqual(['Rappel\u00a0: oui\u00a0; non', 'Recordatorio: sí']);
  });

  it('cites as each language does', () => {
    expect(TEMPLATE_LANGUAGES.map((language) => citationInWords('Art. 4(1)(a)', language))).toEqual(['Art. 4(1)(a)', 'art. 4, par. 1 a)', 'art. 4, párr. 1 a)']);
    expect(TEMPLATE_LANGUAGES.map((language) => citationInWords('Art. 4', language))).toEqual(['Art. 4', 'art. 4', 'art. 4']);
  });
});

describe('names', () => {
  it('names meetings by their ids', () => {
    expect(TEMPLATE_LANGUAGES.map((language) => meetingInWords({ id: '2RC', title: 'Second Review Conference' }, language))).toEqual(['Second Review Conference', 'deuxième Conférence d’examen', 'Segunda Conferencia de Examen']);
    expect(meetingInWords({ id: '24MSP' }, 'fr')).toBe('24e Assemblée des États parties');
    expect(meetingInWords({ id: 'intersessional', title: 'Intersessional Meeting' }, 'es')).toBe('Intersessional Meeting');
  });

  it('has every treaty and all that its rules say is owed in every language', () => {
    for (const rules of TREATIES.values()) {
      for (const language of TEMPLATE_LANGUAGES) {
        expect(underTreaty(rules, language)).toContain(treatyInWords(rules, language));
        for (const { title } of rules.obligations) expect([language, owedInWords(title, language)]).not.toEqual([language, null]);
      }
    }
  });

  it('calls a treaty and a duty that it does not know by what it is given', () => {
    expect(treatyInWords({ id: 'trial-001', title: 'A Treaty' }, 'fr')).toBe('A Treaty');
    expect(underTreaty({ id: 'trial-001', title: 'A Treaty' }, 'en')).toBe('under the following instrument: A Treaty');
    expect(dutyInWords({ kind: 'victim-assistance', article: 5 }, 'es')).toBe('Obligación en virtud del artículo 5');
  });
});

describe('derivations, as the rules word them', () => {
  const base = { dossierId: 'x', recordedAt: '2009-01-01T00:00:00Z', source: 'x' };
  const fact = (id: string, type: string, effectiveOn: string, data: object = {}): AnyFact => ({ ...base, id, type, effectiveOn, knownOn: effectiveOn, data } as unknown as AnyFact);
  const meetings = [{ id: '2RC', title: 'Second Review Conference', start: '2020-11-25', end: '2021-09-21', knownOn: '2009-01-01', recordedAt: '2009-01-01T00:00:00Z' }, { id: '10MSP', title: 'x', start: '2022-08-30', end: '2022-09-02', knownOn: '2009-01-01', recordedAt: '2009-01-01T00:00:00Z' }];

  it.each([...TREATIES.values()])('$id: every step of every kind is known in every language', (rules) => {
    const article = (kind: string): number => rules.obligations.find((one) => one.kind === kind)?.article ?? 0;
    const dossiers: AnyFact[][] = [
      [fact('a', 'instrument-deposited', '2010-09-07', { instrument: 'ratification' })],
      [
        fact('a', 'instrument-deposited', '2010-09-07', { instrument: 'ratification' }),
        fact('b', 'obligation-declared', '2011-03-01', { article: article('clearance') }), fact('c', 'obligation-declared', '2011-03-01', { article: article('stockpile-destruction') }),
        fact('d', 'extension-granted', '2020-06-01', { article: article('clearance'), months: 18, meeting: '2RC', mode: 'silence' }),
        fact('e', 'extension-granted', '2018-06-01', { article: article('stockpile-destruction'), months: 12, meeting: '10MSP' }),
      ],
      [fact('a', 'instrument-deposited', '2010-09-07', { instrument: 'ratification' }), fact('b', 'obligation-declared', '2011-03-01', { article: article('clearance'), hostilitiesEndedOn: '2012-05-31' })],
      [
        fact('a', 'instrument-deposited', '2010-09-07', { instrument: 'ratification' }), fact('b', 'obligation-declared', '2011-03-01', { article: article('clearance') }),
        fact('d', 'extension-granted', '2020-06-01', { article: article('clearance'), until: '2022-09-01', meeting: '2RC' }),
      ],
    ];
    for (const enough of [true, false]) {
      const deposits = new Map(Array.from({ length: enough ? rules.entryIntoForce.threshold : 1 }, (_, index) => [`X${index}`, [fact('t', 'instrument-deposited', '2010-02-16', { instrument: 'ratification' })]] as const));
      const record: TreatyRecord = { deposits, meetings, coverage: { completeUntil: {} }, appointments: [] };
      const cut = { asAt: '2022-01-01', knownOn: '2022-01-01', recordedBy: END_OF_TIME };
      const steps = dossiers.flatMap((facts) => assess(rules, facts, treatyAt(rules, record, cut), cut, { explain: true }).obligations.flatMap(({ derivation }) => derivation));
      expect(steps.length).toBeGreaterThan(4);
      for (const language of TEMPLATE_LANGUAGES) expect([...new Set(steps)].filter((step) => stepInWords(step, language) === null)).toEqual([]);
    }
  });

  it('reads in each language as it should', () => {
    const steps = ['in force 1 Mar 2011 (Art. 17(2))', '+ 18 months granted by silence procedure for 2RC = 1 Sep 2022 (Art. 4(5))', '+ time granted by 9MSP = not yet known (Art. 3(3))', '+ 1 year and 6 months = 2 Sep 2022 (Art. 3(2))'];
    expect(steps.map((step) => stepInWords(step, 'fr'))).toEqual([
      'entrée en vigueur le 1er mars 2011 (art. 17, par. 2)',
      '+ 18 mois (procédure d’approbation tacite, deuxième Conférence d’examen) = 1er septembre 2022 (art. 4, par. 5)',
      '+ délai supplémentaire (neuvième Assemblée des États parties) = date non connue (art. 3, par. 3)',
      '+ 1 an et 6 mois = 2 septembre 2022 (art. 3, par. 2)',
    ]);
    expect(stepInWords('+ 8 years = 1 Oct 2019 (Art. 3(2))', 'es')).toBe('+ 8 años = 1 de octubre de 2019 (art. 3, párr. 2)');
  });

  it('leaves out what it does not know rather than mixing languages', () => {
    expect(stepInWords('a step that nobody has written yet', 'fr')).toBeNull();
  });
});
