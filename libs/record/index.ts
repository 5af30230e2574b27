/** The record as tables and how it is loaded: a client of the same commands as the registrar. */
export { BadTable } from './csv/read-csv.js';
export { readRecord } from './csv/read-record.js';
export type { Entry } from './entry.js';
export { fingerprintOf, Loads } from './loads.js';
export { importerOf, type LoadOptions, loadRecord, type LoadSummary } from './load-record.js';
export { readLanguages } from './languages.js';
export { readStates, type State, type States } from './states.js';
export { BadStatusFile, compareWithRecord, type Comparison, type Disagreement, readStatusXml } from './untc/index.js';
