export { EmbeddedPostgresError } from './error.js';
export { defaultHome } from './home.js';
export { startEmbeddedPostgres } from './start.js';
export type { EmbeddedPostgres, EmbeddedPostgresOptions } from './start.js';
