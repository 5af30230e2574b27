import type { TemplateLanguage } from '../../simulation/sample-directory.js';
import type { Catalogue } from './catalogue.js';
import { letters as enLetters } from './en/letters.js';
import { terms as enTerms } from './en/terms.js';
import { letters as esLetters } from './es/letters.js';
import { terms as esTerms } from './es/terms.js';
import { letters as frLetters } from './fr/letters.js';
import { terms as frTerms } from './fr/terms.js';

/** The words of every language that letters are written in. A language that is missing here does not compile. */
export const CATALOGUES: Record<TemplateLanguage, Catalogue> = {
  en: { ...enTerms, ...enLetters },
  fr: { ...frTerms, ...frLetters },
  es: { ...esTerms, ...esLetters },
};
