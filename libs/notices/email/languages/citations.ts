import type { TemplateLanguage } from '../../simulation/sample-directory.js';
import { CATALOGUES } from './index.js';

const PARAGRAPH: Record<TemplateLanguage, string> = { en: '', fr: 'par.', es: 'párr.' };
const PRACTICE = 'practice of the Meetings of the States Parties';

/** `Art. 4(1)(a)` as each language cites it: `art. 4, par. 1 a)`, `art. 4, párr. 1 a)`. What has another shape stays as it is. */
export const citationInWords = (citation: string, language: TemplateLanguage): string => {
  if (citation === PRACTICE) return CATALOGUES[language].steps.practice;
  const found = /^Art\. (\d+)(?:\((\d+)\))?(?:\(([a-z])\))?$/.exec(citation);
  if (!found || language === 'en') return citation;
  const [, article, paragraph, letter] = found;
  return [`art. ${article}${paragraph ? ',' : ''}`, paragraph && `${PARAGRAPH[language]} ${paragraph}`, letter && `${letter})`].filter(Boolean).join(' ');
};
