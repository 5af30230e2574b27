/** Names of the streams that a treaty's facts are kept in: one a State, one a meeting, one for the record itself. */
export const dossierStream = (treaty: string, iso3: string): string => `dossier-${treaty}-${iso3}`;
export const meetingStream = (treaty: string, meeting: string): string => `meeting-${treaty}-${meeting}`;
export const recordStream = (treaty: string): string => `record-${treaty}-all`;

/** Beginnings of the names of all streams of a treaty. */
export const treatyStreams = (treaty: string): string[] => [`dossier-${treaty}-`, `meeting-${treaty}-`, `record-${treaty}-`];

export interface StreamName {
  kind: 'dossier' | 'meeting' | 'record';
  treaty: string;
  /** The State of a dossier, the id of a meeting. */
  of: string;
}

export const streamOf = ({ kind, treaty, of }: StreamName): string => `${kind}-${treaty}-${of}`;

/** Null for a stream that is none of the treaty's (a correspondence, say). A treaty's id may contain a hyphen, what follows it may not. */
export const parseStream = (stream: string): StreamName | null => {
  const found = /^(dossier|meeting|record)-(.+)-([^-]+)$/.exec(stream);
  return found ? { kind: found[1] as StreamName['kind'], treaty: found[2] as string, of: found[3] as string } : null;
};
