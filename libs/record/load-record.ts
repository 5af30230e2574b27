import { createHash } from 'node:crypto';
import type { CommandBus } from '@nestjs/cqrs';
import { type Provenance, RecordAboutRecord, type Recorded, RecordFact, RecordMeetingFact } from '#dossiers';
import { Refusal, type TreatyRules } from '#treaty';
import type { Entry } from './entry.js';

export interface LoadSummary {
  recorded: number;
  /** On record from an earlier load. */
  known: number;
  refused: { entry: Entry; code: string; reason: string }[];
  /** What the registrar should know of what was recorded now. */
  flagged: { entry: Entry; flags: string[] }[];
  /** Position of the last event, 0 if nothing was on record. */
  position: number;
}

export interface LoadOptions {
  /** Whose work it is: `import:…`. */
  actor: string;
  /** False where what is loaded is news, as what a person confirms from the depositary's table. */
  history?: boolean;
  onProgress?: (done: number, all: number) => void;
}

/**
 * Whose work the loading of a treaty's tables is. The actor is part of every event's id: the same for all folders, so that
 * a row is known again in whichever copy of the tables it comes.
 */
export const importerOf = (treaty: string): string => `import:${treaty}`;

/**
 * Sends the record through the same commands as the registrar's. Each row has an id of its own that its content gives,
 * so a load that was cut off is simply begun again, and a second load of the same tables changes nothing.
 */
export const loadRecord = async (bus: CommandBus, rules: TreatyRules, entries: readonly Entry[], { actor, history = true, onProgress }: LoadOptions): Promise<LoadSummary> => {
  const summary: LoadSummary = { recorded: 0, known: 0, refused: [], flagged: [], position: 0 };
  const occurrences = new Map<string, number>();
  for (const [index, entry] of entries.entries()) {
    const content = contentOf(entry);
    const occurrence = (occurrences.get(content) ?? 0) + 1;
    occurrences.set(content, occurrence);
    try {
      const { position, repeated, flags } = await send(bus, rules, entry, { actor, history }, `${content}#${occurrence}`);
      summary.position = Math.max(summary.position, position);
      summary[repeated ? 'known' : 'recorded']++;
      if (flags.length > 0 && !repeated) summary.flagged.push({ entry, flags });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      summary.refused.push({ entry, code: error.code, reason: error.message });
    }
    onProgress?.(index + 1, entries.length);
  }
  return summary;
};

const send = (bus: CommandBus, rules: TreatyRules, entry: Entry, { actor, history }: { actor: string; history: boolean }, content: string): Promise<Recorded> => {
  const provenance: Provenance = { actor, source: entry.source, ...(entry.note ? { note: entry.note } : {}), correlation: `${entry.from.file}:${entry.from.line}`, ...(history ? { history } : {}) };
  const guards = { idempotencyKey: content };
  switch (entry.about) {
    case 'state':
      return bus.execute(new RecordFact(rules, entry.iso3, entry.proposal, provenance, guards)) as Promise<Recorded>;
    case 'meeting':
      return bus.execute(new RecordMeetingFact(rules, entry.meeting, entry.proposal, provenance, guards)) as Promise<Recorded>;
    case 'record':
      return bus.execute(new RecordAboutRecord(rules, entry.proposal, provenance, guards));
  }
};

/** What makes a row the row it is; source, note and place in the file may change without its becoming another. */
const contentOf = (entry: Entry): string => {
  const subject = entry.about === 'state' ? entry.iso3 : entry.about === 'meeting' ? entry.meeting : '';
  return createHash('sha256').update(JSON.stringify([entry.about, subject, entry.proposal])).digest('hex').slice(0, 40);
};
