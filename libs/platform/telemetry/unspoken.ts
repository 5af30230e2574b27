/** Whatever stands under these names, as deep as an error carries its request, its command or its contact. */
export const UNSPOKEN_NAMES = ['authorization', 'headers', 'cookie', 'password', 'pass', 'auth', 'key', 'secret', 'token', 'email', 'recipient', 'rejected', 'envelope', 'mime', 'args', 'detail', 'connectionString'];

/** What is known by its look, wherever it stands: in a message, in an address, in what a server answered. Bounded, since a line may be long. */
const BY_LOOK: readonly (readonly [RegExp, string])[] = [
  // user:password@ in an address
  [/(\/\/)[^\s/@"\\]{0,200}:[^\s/@"\\]{0,200}@/g, '$1…@'],
  [/[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu, '…@…'],
  [/\bpacta_[0-9a-f]+_[\w-]+/g, 'pacta_…'],
  [/\bwhs(?:ec|k)_[A-Za-z0-9+/=]+/g, 'whs…'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 …'],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, 'eyJ…'],
];

/** Shorter ones are too likely to be part of something else. */
const SHORTEST = 6;

/**
 * Cuts out of a line what could identify a person or open a door: what looks like it, and secrets that are known.
 *
 * @param secrets as they are set; each is cut out as it stands and as an address has it
 */
export const unspoken = (secrets: readonly string[]): ((line: string) => string) => {
  const known = [...new Set(secrets.flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]))].filter(({ length }) => length >= SHORTEST).sort((one, other) => other.length - one.length);
  return (line) => BY_LOOK.reduce((text, [look, instead]) => text.replace(look, instead), known.reduce((text, secret) => text.replaceAll(secret, '…'), line));
};
