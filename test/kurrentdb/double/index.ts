import { randomUUID } from 'node:crypto';
import type { Message } from '../wire/codec.js';
import { Database } from './database.js';
import type { Disk } from './disk.js';
import type { Place } from './failures.js';
import { Node, type Tls } from './node.js';

const LEADER = 8;
const FOLLOWER = 6;
const UNKNOWN = 2;

export interface DoubleOptions {
  nodes?: number;
  version?: string;
  tls?: Tls;
  credentials?: string;
  disk?: Disk;
}

/**
 * A KurrentDB to test against where a real one cannot be had: one node or several with one memory, the first of them
 * leading. It answers as a real one was recorded to, and goes wrong as told.
 */
export class KurrentDouble {
  private leading: Node | undefined;
  /** Whether followers still believe that they follow somebody. */
  private unnoticed = false;

  private constructor(
    readonly database: Database,
    readonly nodes: Node[],
    private readonly options: DoubleOptions,
  ) {}

  static async start(options: DoubleOptions = {}): Promise<KurrentDouble> {
    const double = new KurrentDouble(new Database(), [], options);
    const cluster = { leader: (): Place | undefined => double.leading?.place, members: (): Message[] => double.members(), unnoticed: (): boolean => double.unnoticed };
    for (let count = 0; count < (options.nodes ?? 1); count++) {
      const node = new Node({ database: double.database, cluster, version: options.version ?? '26.1.0', tls: options.tls, credentials: options.credentials, disk: options.disk });
      await node.start();
      double.nodes.push(node);
    }
    double.leading = double.nodes[0];
    return double;
  }

  get node(): Node {
    return this.nodes[0]!;
  }

  get leader(): Node {
    if (!this.leading) throw new Error('There is no leader.');
    return this.leading;
  }

  /** For EVENT_LOG_URL. */
  url(more = ''): string {
    const { credentials, tls } = this.options;
    return `kurrentdb://${credentials ? `${credentials}@` : ''}${this.nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}?tls=${tls !== undefined}${more}`;
  }

  /** Every connection is dropped, and the ids are forgotten, as by a crash; what was written stays. */
  async restart(node: Node = this.node, whileAway: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
    node.kill();
    this.database.forgetIds();
    await whileAway();
    await node.start();
  }

  /** Nobody leads until it is said who does; what followers are asked to write meanwhile goes nowhere. */
  lead(node: Node | undefined, { unnoticed = false } = {}): void {
    this.leading = node;
    this.unnoticed = unnoticed;
  }

  stop(): void {
    for (const node of this.nodes) node.kill();
  }

  private members(): Message[] {
    return this.nodes.map((node) => ({
      instance_id: { string: randomUUID() }, time_stamp: Date.now(), state: node === this.leading ? LEADER : this.leading || this.unnoticed ? FOLLOWER : UNKNOWN, is_alive: node.alive,
      http_end_point: { address: node.place.host, port: node.port },
    }));
  }
}
