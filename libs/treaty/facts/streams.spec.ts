import { expect, it } from '@jest/globals';
import { dossierStream, meetingStream, parseStream, recordStream, treatyStreams } from './streams.js';

it.each([
  [dossierStream('ccm', 'GNB'), { kind: 'dossier', treaty: 'ccm', of: 'GNB' }],
  [meetingStream('ccm', '2RC'), { kind: 'meeting', treaty: 'ccm', of: '2RC' }],
  [recordStream('ccm'), { kind: 'record', treaty: 'ccm', of: 'all' }],
  [dossierStream('trial-001', 'GNB'), { kind: 'dossier', treaty: 'trial-001', of: 'GNB' }],
])('%s says what it is about', (stream, about) => expect(parseStream(stream)).toEqual(about));

it.each(['correspondence-ccm-GNB', 'dossier', 'dossier-GNB', ''])('"%s" is none of a treaty’s record', (stream) => expect(parseStream(stream)).toBeNull());

it('all streams of a treaty begin as it says, and no other treaty’s do', () => {
  const own = (stream: string) => treatyStreams('trial-001').some((beginning) => stream.startsWith(beginning));
  expect([dossierStream('trial-001', 'GNB'), meetingStream('trial-001', '2RC'), recordStream('trial-001')].map(own)).toEqual([true, true, true]);
  expect([dossierStream('trial-0011', 'GNB'), dossierStream('ccm', 'GNB')].map(own)).toEqual([false, false]);
});
