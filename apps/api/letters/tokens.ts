export const LANGUAGES = Symbol('Languages');
