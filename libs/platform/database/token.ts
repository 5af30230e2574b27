/** Injection token of the process's pool of database connections. */
export const DATABASE = Symbol('Database');
