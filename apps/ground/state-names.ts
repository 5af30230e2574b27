import countries from 'i18n-iso-countries';
import type { States } from '#record';

/** Name of a State in a language: as the record has it in English, as a maintained list has it in others. */
export const namesOf = (states: States) => (iso3: string, language: string): string => {
  const known = states.get(iso3)?.name ?? iso3;
  return language === 'en' ? known : (countries.getName(iso3, language) ?? known);
};
