/** The depositary's own table, read and laid beside the record. Nothing is recorded here. */
export { BadStatusFile } from './bad-status-file.js';
export { compareWithRecord, type Comparison, type Disagreement, type StatusFile } from './compare.js';
export { readStatusXml, type StatusRow, type StatusTable } from './read-status-xml.js';
