import { describe, expect, it } from '@jest/globals';
import { InvalidSettings, readSettings } from './settings.js';

describe('settings', () => {
  const complaint = (environment: NodeJS.ProcessEnv): string => {
    try {
      readSettings(environment);
      return '';
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidSettings);
      return String(error) + JSON.stringify(error) + (error as Error).stack;
    }
  };

  it('have a default for everything that a first start needs', () => {
    expect(readSettings({})).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', PUBLIC_READS: true, RATE_LIMIT: 30_000, LOG_LEVEL: 'warn', READY_LAG_SECONDS: 10 });
  });

  it('are read from the environment as what they are', () => {
    const given = { PORT: '0', PUBLIC_READS: '0', RATE_LIMIT: '600', DATABASE_URL: 'postgres://pacta@localhost:5432/pacta', OIDC_ISSUER: 'https://issuer.example', OIDC_AUDIENCE: 'pacta', PATH: '/bin' };
    expect(readSettings(given)).toMatchObject({ PORT: 0, PUBLIC_READS: false, RATE_LIMIT: 600, DATABASE_URL: given.DATABASE_URL, OIDC_ISSUER: given.OIDC_ISSUER });
    expect(readSettings(given)).not.toHaveProperty('PATH');
  });

  it('that are empty count as not set', () => {
    expect(readSettings({ PORT: '', DATABASE_URL: '' })).toMatchObject({ PORT: 3000 });
  });

  it.each([
    ['PORT', 'seventy-secret'], ['PORT', '65536'], ['PORT', '-1'], ['PORT', '3000.5'], ['PORT', '0x10'],
    ['DATABASE_URL', 'mysql://root:hunter2@db/pacta'],
    ['EVENT_LOG_URL', 'redis://root:hunter2@db/pacta'],
    ['PUBLIC_READS', 'perhaps-hunter2'], ['RATE_LIMIT', 'hunter2'], ['OIDC_ISSUER', 'hunter2 at issuer'], ['LOG_LEVEL', 'hunter2'],
    ['TRUST_PROXY', 'anybody'], ['TRIAL_TREATIES', '100000'], ['WORKER_PORT', 'hunter2'], ['OTEL_EXPORTER_OTLP_ENDPOINT', 'hunter2:4318'], ['READY_LAG_SECONDS', '-77'],
  ])('name the key that is wrong and never its value: %s=%s', (key, value) => {
    const said = complaint({ [key]: value });
    expect(said).toContain(key);
    expect(said).not.toContain(value);
    expect(said).not.toContain('hunter2');
  });

  it('name every key that is wrong at once', () => {
    const said = complaint({ PORT: 'x1x1x', LOG_LEVEL: 'y2y2y', RATE_LIMIT: '-5' });
    for (const key of ['PORT', 'LOG_LEVEL', 'RATE_LIMIT']) expect(said).toContain(key);
  });

  it('want an audience where they have an issuer', () => {
    expect(complaint({ OIDC_ISSUER: 'https://issuer.example' })).toContain('OIDC_AUDIENCE');
  });
});
