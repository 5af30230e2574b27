import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEventLog, UnfitEventLog } from '#event-log';
import { certificates } from './certificate.js';
import { KurrentDouble } from './double/index.js';
import { events, failure, freshStream } from './events.js';

const refusal = async (url: string): Promise<string> => {
  const error = await failure(openEventLog({ url }));
  expect(error).toBeInstanceOf(UnfitEventLog);
  return error.message;
};

describe('opening an event log on KurrentDB', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pacta-kurrentdb-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('says so where the server is older than what several streams in one step need', async () => {
    const old = await KurrentDouble.start({ version: '25.1.0' });
    expect(await refusal(old.url())).toMatch(/older than KurrentDB 26\.1/);
    old.stop();
  });

  it('goes over TLS with a user and a password, and says which of them is wrong', async () => {
    const tls = certificates();
    const authority = join(folder, 'ca.crt');
    writeFileSync(authority, tls.authority);
    const double = await KurrentDouble.start({ tls, credentials: 'pacta:secret word' });
    const at = (credentials: string, more = `&tlsCAFile=${authority}`): string => `kurrentdb://${credentials}@localhost:${double.node.port}?tls=true${more}`;
    const log = await openEventLog({ url: at('pacta:secret%20word') });
    const stream = freshStream();
    await log.append(stream, events(2), { expected: 'none' });
    await log.appendAll([stream, freshStream()].map((name) => ({ stream: name, events: events(1), expected: 'any' as const })));
    expect(await log.read(stream)).toHaveLength(3);
    for await (const { live } of log.follow({ after: 0, signal: new AbortController().signal })) if (live) break;
    await log.close();
    expect(await refusal(at('pacta:wrong'))).toMatch(/refuses the user or the password/);
    double.stop();
  });

  it('refuses an address that would not do what it says, and never repeats it', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const addresses = ['kurrentdb://pacta:secret@host:port', 'kurrentdb://pacta:secret@host?throwOnAppendFailure=false', 'kurrentdb://pacta:secret@host?tsl=false', 'kurrentdb://pacta:secret@host?nodePreference=follower', 'kurrentdb://pacta:secret@host?tlsCAFile=/none'];
    for (const address of addresses) expect(await refusal(address)).not.toContain('secret');
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  it('says so where nobody answers', async () => {
    const double = await KurrentDouble.start();
    const url = double.url();
    double.stop();
    expect(await refusal(url)).toMatch(/does not answer/);
  });
});
