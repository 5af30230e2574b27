export const KEYS = Symbol('Keys');
export const TOKENS = Symbol('Tokens');
