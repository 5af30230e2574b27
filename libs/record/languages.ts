import { readTable } from './csv/read-csv.js';

/** Default language of letters to each State: a choice of ours, not a sourced fact. */
export const readLanguages = async (folder: string): Promise<ReadonlyMap<string, string>> => {
  const rows = (await readTable(folder, 'correspondence_language.csv', ['iso3', 'language'])) ?? [];
  return new Map(rows.map(({ cells: row }) => [row['iso3'] as string, row['language'] as string]));
};
