/** Specs stand beside what they specify; whole-system tests stand in test/. ESM throughout: run with --experimental-vm-modules. */
const base = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', {
      jsc: {
        target: 'es2023',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
        keepClassNames: true,
      },
      module: { type: 'es6' },
      sourceMaps: 'inline',
    }],
  },
  moduleNameMapper: {
    '^#([a-z-]+)$': '<rootDir>/libs/$1/index.ts',
    '^#event-log/contract$': '<rootDir>/libs/event-log/contract/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/var/'],
};

export default {
  testTimeout: 60_000,
  // The suites start programs of their own: more at once only wait for each other.
  maxWorkers: 2,
  globalSetup: '<rootDir>/test/setup/start-postgres.mjs',
  globalTeardown: '<rootDir>/test/setup/stop-postgres.mjs',
  projects: [
    { ...base, displayName: 'libs', rootDir: '.', testMatch: ['<rootDir>/{libs,apps}/**/*.spec.ts'] },
    { ...base, displayName: 'system', rootDir: '.', testMatch: ['<rootDir>/test/**/*.spec.ts'] },
  ],
};
