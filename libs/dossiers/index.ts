/** The use cases that write. Everything that enters the log enters it here. */
export { DossiersModule } from './dossiers.module.js';
export type { Preview } from './preview.js';
export type { Provenance, Source } from './provenance.js';
export { RecordAboutRecord, type RecordProposal } from './record-about-record.js';
export { RecordFact } from './record-fact.js';
export { RecordMeetingFact } from './record-meeting-fact.js';
export type { Guards, Recorded } from './recording.js';
