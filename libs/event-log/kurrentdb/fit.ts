/** An event log that cannot be used as it is: the sentence says what to do, and never repeats the address. */
export class UnfitEventLog extends Error {
  override readonly name = 'UnfitEventLog';
}

/** Of the address; the client would print the whole of it beside a word that it does not know. */
const KNOWN = [
  'tls', 'tlsverifycert', 'tlscafile', 'usercertfile', 'userkeyfile', 'nodepreference', 'maxdiscoverattempts', 'discoveryinterval',
  'gossiptimeout', 'defaultdeadline', 'keepaliveinterval', 'keepalivetimeout', 'connectionname', 'throwonappendfailure',
];

export const checkUrl = (url: string): void => {
  const query = url.split('?', 2)[1] ?? '';
  const options = new Map(query.split('&').filter(Boolean).map((pair) => {
    const [key = '', value = ''] = pair.split('=', 2);
    return [key.toLowerCase(), value.toLowerCase()];
  }));
  const unknown = [...options.keys()].find((key) => !KNOWN.includes(key));
  if (unknown !== undefined) throw new UnfitEventLog(`EVENT_LOG_URL has an option "${unknown}", which KurrentDB's client does not know.`);
  if (options.get('throwonappendfailure') === 'false') throw new UnfitEventLog('EVENT_LOG_URL must not say throwOnAppendFailure=false: a conflict would look like a success.');
  // Whoever appends must reach the leader; a client that prefers another node would find it only by being refused.
  if (options.has('nodepreference') && options.get('nodepreference') !== 'leader') throw new UnfitEventLog('EVENT_LOG_URL must not prefer a node other than the leader: leave nodePreference out.');
};
