import type { TemplateLanguage } from '../../simulation/sample-directory.js';
import type { Counted } from './catalogue.js';

const GAP = /\{(\w+)\}/g;

/** Puts values into the gaps of a phrase. A gap without a value is a bug, not an empty word in a letter to a ministry. */
export const fill = (phrase: string, values: Readonly<Record<string, string>> = {}): string =>
  phrase.replace(GAP, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`The phrase "${phrase}" needs "${name}".`);
    return value;
  });

export const gapsOf = (phrase: string): string[] => [...new Set([...phrase.matchAll(GAP)].map(([, name]) => name as string))].sort();

/** The form that a language uses for a count, with the count written in its digits. */
export const counted = (language: TemplateLanguage, { one, other }: Counted, count: number, values: Readonly<Record<string, string>> = {}): string =>
  fill(new Intl.PluralRules(language).select(count) === 'one' ? one : other, { ...values, count: new Intl.NumberFormat(language).format(count) });

/** A citation keeps its number; French keeps a mark and the word before it on one line. */
export const typeset = (language: TemplateLanguage, text: string): string => {
  const bound = text.replace(/\b(Art\.|art\.|par\.|párr\.|[Aa]rticle|artículo) (?=\d)/g, '$1\u00a0');
  return language === 'fr' ? bound.replace(/ ([:;?!»])/g, '\u00a0$1') : bound;
};
