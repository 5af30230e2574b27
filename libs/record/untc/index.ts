/** The depositary's own table, read and laid beside the record. Nothing is recorded here. */
export { BadStatusFile } from './bad-status-file.js';
export { compareWithRecord, type Comparison } from './compare.js';
export type { Disagreement } from './finding.js';
export { readStatusXml, type StatusRow, type StatusTable } from './read-status-xml.js';
