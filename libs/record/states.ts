import { readTable } from './csv/read-csv.js';

export interface State {
  iso3: string;
  name: string;
  /** As the depositary writes it, where that differs. */
  officialName: string;
  region: string;
}

export type States = ReadonlyMap<string, State>;

/** All States that can be bound by a treaty, by their ISO 3166-1 code. Reference data, not facts of the record. */
export const readStates = async (folder: string): Promise<States> => {
  const rows = (await readTable(folder, 'states.csv', ['iso3', 'name', 'official_name_untc', 'ccm_region'])) ?? [];
  return new Map(rows.map(({ cells: row }) => [row['iso3'] as string, {
    iso3: row['iso3'] as string, name: row['name'] as string, officialName: row['official_name_untc'] || (row['name'] as string), region: row['ccm_region'] || (row['un_region'] ?? ''),
  }]));
};
