import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { DossiersModule } from '#dossiers';
import { defaultHome, startEmbeddedPostgres } from '#embedded-postgres';
import { readSettings } from '#platform';
import { ReadModelsModule } from '#read-models';
import type { TreatyRules } from '#treaty';
import { checkoutRoot, type Cleanup, cleanUp, type Ground, GroundModule, openGround } from '../ground/index.js';
import { Misuse } from './failure.js';

export interface Buses {
  commands: CommandBus;
  queries: QueryBus;
}

/** What a command works with, opened when it is asked for and taken down at the end. */
export class Session {
  private readonly cleanup: Cleanup = [];
  private opened: Promise<Ground> | null = null;
  private server: Promise<string> | null = null;

  /** Of DATABASE_URL, or of the embedded server: the one that runs, or one started for this command. */
  databaseUrl(): Promise<string> {
    return (this.server ??= this.findDatabase());
  }

  ground(): Promise<Ground> {
    return (this.opened ??= this.open());
  }

  /** Also where the database belongs to another log than the one that is named: to look at that, or to mend it. */
  groundOnAnyLog(): Promise<Ground> {
    return (this.opened ??= this.open({ anyLog: true }));
  }

  /** The ways in and out; `ground` may have another log in the place of the real one. */
  async buses(ground: Ground): Promise<Buses> {
    const app = await NestFactory.createApplicationContext(
      { module: CliModule, imports: [GroundModule.of(ground), DossiersModule, ReadModelsModule] },
      { logger: false, abortOnError: false },
    );
    this.cleanup.push(() => app.close());
    return { commands: app.get(CommandBus), queries: app.get(QueryBus) };
  }

  async rules(treaty: string): Promise<TreatyRules> {
    const { treaties } = await this.ground();
    const rules = treaties.get(treaty);
    if (!rules) throw new Misuse(`There is no treaty "${treaty}"; there are ${[...treaties.keys()].slice(0, 10).join(', ')}.`);
    return rules;
  }

  close(): Promise<void> {
    return cleanUp(this.cleanup).then(() => undefined);
  }

  private async open(how: { anyLog?: boolean } = {}): Promise<Ground> {
    const settings = readSettings(process.env);
    const ground = await openGround(settings, await this.databaseUrl(), { name: 'cli', ...how });
    this.cleanup.push(() => ground.close());
    return ground;
  }

  private async findDatabase(): Promise<string> {
    const { DATABASE_URL } = readSettings(process.env);
    if (DATABASE_URL) return DATABASE_URL;
    const { home, reason } = defaultHome(checkoutRoot());
    if (reason) console.error(`Note: ${reason}.`);
    const server = await startEmbeddedPostgres({ home, role: 'tool', onProgress: (message) => console.error(message) });
    this.cleanup.push(() => server.stop());
    return server.url;
  }
}

@Module({})
class CliModule {}
