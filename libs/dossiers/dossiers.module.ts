import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { EVENT_LOG, type EventLog } from '#event-log';
import { RecordAboutRecordHandler } from './record-about-record.js';
import { RecordFactHandler } from './record-fact.js';
import { RecordMeetingFactHandler } from './record-meeting-fact.js';
import { TREATY_REGISTER } from './tokens.js';
import { TreatyRegister } from './treaty-register.js';

/** The way in. Needs an event log and a clock from whoever composes the process. */
@Module({
  imports: [CqrsModule],
  providers: [
    RecordFactHandler,
    RecordMeetingFactHandler,
    RecordAboutRecordHandler,
    { provide: TREATY_REGISTER, inject: [EVENT_LOG], useFactory: (log: EventLog) => new TreatyRegister(log) },
  ],
  exports: [CqrsModule],
})
export class DossiersModule {}
