import type { Directory, Recipient } from '../plan/day-plan.js';

/** Languages that templates exist in; whoever reads another is written to in English. */
export const TEMPLATE_LANGUAGES = ['en', 'fr', 'es'] as const;
export type TemplateLanguage = (typeof TEMPLATE_LANGUAGES)[number];

export const templateLanguage = (language: string | undefined): TemplateLanguage => TEMPLATE_LANGUAGES.find((one) => one === language) ?? 'en';

/** One made-up focal point for each State and one coordinator for each coordinating State, in the State's default language. */
export const sampleDirectory = (languages: ReadonlyMap<string, string>): Directory => {
  const recipient = (role: Recipient['role'], iso3: string): Recipient => ({ role, contactId: `sample-${role}-${iso3}`, language: templateLanguage(languages.get(iso3)) });
  return { ofState: (iso3) => recipient('focal-point', iso3), coordinatorsOf: (iso3) => [recipient('coordinator', iso3)], registrar: REGISTRAR };
};

export const REGISTRAR: Recipient = { role: 'registrar', contactId: 'registrar', language: 'en' };
