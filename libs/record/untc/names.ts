import type { State, States } from '../states.js';

/**
 * Names that the collection uses or has used beside those of `states.csv`. Only names that mean one State; a State that
 * is gone (Yugoslavia) is nobody's former name.
 */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  BRN: ['Brunei'],
  CIV: ['Ivory Coast'],
  CPV: ['Cape Verde'],
  CZE: ['Czech Republic'],
  GBR: ['United Kingdom'],
  GMB: ['Republic of the Gambia', 'Gambia (Republic of The)'],
  LAO: ['Laos'],
  LBY: ['Libyan Arab Jamahiriya'],
  MDA: ['Moldova'],
  MKD: ['The former Yugoslav Republic of Macedonia', 'Republic of North Macedonia', 'Macedonia'],
  MMR: ['Burma'],
  NLD: ['Netherlands', 'Netherlands (Kingdom of the)', 'Kingdom of the Netherlands', 'Netherlands, Kingdom of the'],
  PSE: ['Palestine'],
  RUS: ['Russia'],
  SWZ: ['Swaziland'],
  SYR: ['Syria'],
  TLS: ['East Timor'],
  TUR: ['Turkey'],
  TZA: ['Tanzania'],
  USA: ['United States'],
  VNM: ['Vietnam'],
};

/** Finds the State that a name means. A name that means none, or could mean two, finds nothing. */
export const stateFinder = (states: States): ((name: string) => State | undefined) => {
  const byName = new Map<string, State>();
  const know = (name: string, state: State): void => {
    const key = normalised(name);
    if (!byName.has(key)) byName.set(key, state);
  };
  const all = [...states.values()];
  // Names in use come first, so that no former name can take one away.
  all.forEach((state) => know(state.name, state));
  all.forEach((state) => know(state.officialName, state));
  all.forEach((state) => OTHER_NAMES[state.iso3]?.forEach((name) => know(name, state)));
  // "Bolivia" for "Bolivia (Plurinational State of)"; never the other way round, which would take one Congo for the other.
  all.forEach((state) => know(state.name.replace(/\s*\(.*\)$/, ''), state));
  return (name) => byName.get(normalised(name));
};

/** Without case, accents, apostrophes, punctuation and articles; `St.` is `Saint`. */
const normalised = (name: string): string =>
  name
    .replace(/['’‘`´ʼ′]/g, '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/[^a-z\d]+/g, ' ')
    .replace(/\bst\b/g, 'saint')
    .replace(/\bthe\b/g, ' ')
    .replace(/ +/g, ' ')
    .trim();
