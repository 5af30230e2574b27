import { once } from 'node:events';
import { type AddressInfo, createServer, type Server as TcpServer, type Socket } from 'node:net';
import {
  Metadata, type sendUnaryData, type ServerDuplexStream, type ServerReadableStream, type ServerUnaryCall, type ServerWritableStream, type ServiceError, Server, ServerCredentials, status, type UntypedHandleCall,
} from '@grpc/grpc-js';
import type { Message } from '../wire/codec.js';
import { definition, type MethodName } from '../wire/methods.js';
import { Appending } from './appending.js';
import type { Database } from './database.js';
import type { Disk } from './disk.js';
import { after, before, type Fault, Faults } from './faults.js';
import { failure, notLeader, notLeaderNode, type Place } from './failures.js';
import { Reading } from './reading.js';
import { Records } from './records.js';
import { supportedMethods } from './supported-methods.js';

export interface Tls {
  key: string;
  certificate: string;
}

/** How a node sees its cluster. */
interface Cluster {
  leader(): Place | undefined;
  members(): Message[];
  /** Whether followers still believe in a leader that is gone. */
  unnoticed(): boolean;
}

export interface NodeOptions {
  database: Database;
  cluster: Cluster;
  /** What it says of itself. */
  version: string;
  tls?: Tls | undefined;
  /** `user:password` that every call must carry; anyone may call unless given. */
  credentials?: string | undefined;
  /** Where appends go before they are answered; nowhere unless given. */
  disk?: Disk | undefined;
}

type Answer = Message | Buffer;

/** Bytes that a record takes beside its data. */
const OVERHEAD = 150;

/** As a limit of the older calls. */
const LARGEST_OLD = 16 * 1024 * 1024;

/** One node of a KurrentDB double: a gRPC server that speaks as a real one was heard to. */
export class Node {
  readonly faults = new Faults();
  /** Calls that came, by name, for a test to count. */
  readonly calls: MethodName[] = [];
  private server: Server | undefined;
  private door: TcpServer | undefined;
  private readonly connections = new Set<Socket>();
  private readonly reading: Reading;
  private readonly appending: Appending;
  private readonly records: Records;
  port = 0;

  constructor(private readonly options: NodeOptions) {
    this.reading = new Reading(options.database);
    this.appending = new Appending(options.database);
    this.records = new Records(options.database);
  }

  get alive(): boolean {
    return this.server !== undefined;
  }

  get place(): Place {
    return { host: '127.0.0.1', port: this.port };
  }

  /** On the port it had before, if it had one. */
  async start(): Promise<void> {
    const server = new Server({ 'grpc.max_receive_message_length': 64 * 1024 * 1024, 'grpc.max_send_message_length': 64 * 1024 * 1024 });
    const handlers = this.handlers();
    for (const name of Object.keys(handlers) as MethodName[]) {
      const { path, ...methods } = definition(name);
      server.register(path, handlers[name] as never, methods.responseSerialize as never, methods.requestDeserialize, kindOf(methods));
    }
    const { tls } = this.options;
    const credentials = tls ? ServerCredentials.createSsl(null, [{ private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.certificate) }]) : ServerCredentials.createInsecure();
    const inside = server.createConnectionInjector(credentials);
    // A door of our own: what is sent goes out at once, and a connection can be torn.
    const door = createServer({ noDelay: true }, (connection) => {
      this.connections.add(connection);
      connection.on('error', () => undefined).on('close', () => this.connections.delete(connection));
      inside.injectConnection(connection);
    });
    door.listen(this.port, '127.0.0.1');
    await once(door, 'listening');
    this.port = (door.address() as AddressInfo).port;
    [this.server, this.door] = [server, door];
  }

  /** As by SIGKILL: every connection is gone at once. */
  kill(): void {
    this.door?.close();
    this.dropConnections();
    this.server?.forceShutdown();
    [this.server, this.door] = [undefined, undefined];
  }

  /** As by a network that fails for a moment. */
  dropConnections(): void {
    for (const connection of this.connections) connection.destroy();
  }

  private get leads(): boolean {
    return this.options.cluster.leader()?.port === this.port;
  }

  private handlers(): Partial<Record<MethodName, UntypedHandleCall>> {
    const many = (name: MethodName, answer: (messages: Message[]) => Message) => (call: ServerReadableStream<Message, Answer>, reply: sendUnaryData<Answer>): void => {
      const messages: Message[] = [];
      call.on('data', (message: Message) => messages.push(message)).on('end', () => this.answer(name, call.metadata, reply, () => answer(messages)));
    };
    const one = (name: MethodName, answer: (message: Message) => Message) => (call: ServerUnaryCall<Message, Answer>, reply: sendUnaryData<Answer>): void =>
      this.answer(name, call.metadata, reply, () => answer(call.request));
    const deletion = (forEver: boolean) => ({ options }: Message): Message => {
      const position = this.options.database.delete((options as { stream_identifier: { stream_name: string } }).stream_identifier.stream_name, forEver);
      return { position: { commit_position: position, prepare_position: position } };
    };
    const old = Number.parseFloat(this.options.version) < 26.1;
    return {
      GetSupportedMethods: one('GetSupportedMethods', () => supportedMethods(this.options.version)),
      GossipRead: one('GossipRead', () => ({ members: this.options.cluster.members() })),
      Delete: one('Delete', deletion(false)),
      Tombstone: one('Tombstone', deletion(true)),
      Append: many('Append', (messages) => this.appending.append(messages)),
      AppendSession: many('AppendSession', (messages) => this.onLeader(() => this.records.appendSession(messages))),
      ...(old ? {} : { AppendRecords: one('AppendRecords', (message) => this.onLeader(() => this.records.appendRecords(message))) }),
      BatchAppend: (call: ServerDuplexStream<Message, Answer>) => this.batchAppend(call),
      Read: (call: ServerWritableStream<Message, Answer>) => void this.read(call),
    };
  }

  /** Followers forward the older calls, and refuse the newer. */
  private onLeader(work: () => Message): Message {
    const leader = this.options.cluster.leader();
    if (!leader) throw failure(status.UNAVAILABLE, 'Server Is Not Ready');
    if (!this.leads) throw notLeaderNode(leader);
    return work();
  }

  private answer(name: MethodName, metadata: Metadata, reply: sendUnaryData<Answer>, work: () => Message): void {
    const fault = this.arrived(name);
    try {
      // What a server can do, and who leads, anyone may ask.
      if (name !== 'GetSupportedMethods' && name !== 'GossipRead') this.admit(metadata);
      const struck = before(fault);
      if (struck) throw struck;
      const answer = work();
      const lost = after(fault);
      if (lost) throw lost;
      if (fault !== 'silence') reply(null, answer);
    } catch (error) {
      reply(error as ServiceError);
    }
  }

  private batchAppend(call: ServerDuplexStream<Message, Answer>): void {
    const open = new Map<string, Message[]>();
    call.on('data', (message: Message) => {
      const id = JSON.stringify(message['correlation_id']);
      const messages = [...(open.get(id) ?? []), message];
      open.set(id, messages);
      if (!message['is_final']) return;
      open.delete(id);
      const fault = this.arrived('BatchAppend');
      try {
        this.admit(call.metadata);
        if (sizeOf(message) > LARGEST_OLD) throw failure(status.RESOURCE_EXHAUSTED, 'Received message exceeds the maximum configured message size.');
        const struck = before(fault);
        if (struck) throw struck;
        const { cluster } = this.options;
        // Forwarded to a leader that is gone.
        if (!cluster.leader() && cluster.unnoticed()) return;
        const answer = fault === 'no leader' || !cluster.leader() ? this.appending.withoutLeader(messages) : this.appending.batchAppend(messages);
        const lost = after(fault);
        if (lost) throw lost;
        if (fault === 'silence') return;
        const { disk } = this.options;
        if (disk) void disk.written(sizeOf(message) + OVERHEAD).then(() => call.write(answer));
        else call.write(answer);
      } catch (error) {
        call.emit('error', error);
      }
    });
    call.on('end', () => call.end());
  }

  private async read(call: ServerWritableStream<Message, Answer>): Promise<void> {
    const fault = this.arrived('Read');
    try {
      this.admit(call.metadata);
      const leader = this.options.cluster.leader();
      const { subscription } = call.request['options'] as { subscription?: object };
      if (call.metadata.get('requires-leader')[0] === 'true' && !this.leads && !subscription) throw leader ? notLeader(leader) : failure(status.UNAVAILABLE, 'Server Is Not Ready');
      const struck = before(fault);
      if (struck) throw struck;
      if (fault === 'silence') return;
      await this.reading.answer(call);
    } catch (error) {
      call.emit('error', error);
    }
  }

  private arrived(name: MethodName): Fault | undefined {
    this.calls.push(name);
    return this.faults.of(name);
  }

  private admit(metadata: Metadata): void {
    const { credentials } = this.options;
    if (credentials !== undefined && metadata.get('authorization')[0] !== `Basic ${Buffer.from(credentials).toString('base64')}`) throw failure(status.UNAUTHENTICATED, 'Unauthenticated');
  }
}

const sizeOf = (message: Message): number => ((message['proposed_messages'] as { data?: Buffer }[] | undefined) ?? []).reduce((sum, { data }) => sum + (data?.length ?? 0), 0);

const kindOf = ({ requestStream, responseStream }: { requestStream: boolean; responseStream: boolean }): string =>
  requestStream ? (responseStream ? 'bidi' : 'clientStream') : responseStream ? 'serverStream' : 'unary';
