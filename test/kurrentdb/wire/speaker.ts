import { Client, type ClientReadableStream, type ClientWritableStream, credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import type { Message } from './codec.js';
import { definition, type MethodName, METHODS } from './methods.js';

/** What came back from one call. */
interface Heard {
  answers: Message[];
  error?: ServiceError;
}

/** A call that is going on. */
export interface Talk extends Heard {
  over: Promise<Heard>;
  /** Resolves when so many answers have come, or the call is over. */
  until(count: number): Promise<void>;
  cancel(): void;
}

/** Says to a server exactly what it is told to say. */
export class Speaker {
  private readonly client: Client;

  constructor(address: string) {
    this.client = new Client(address, credentials.createInsecure(), { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
  }

  close(): void {
    this.client.close();
  }

  say(name: MethodName, messages: readonly Message[], headers: Record<string, string> = {}): Talk {
    const metadata = new Metadata();
    for (const [key, value] of Object.entries(headers)) metadata.set(key, value);
    const { path, requestSerialize, responseDeserialize } = definition(name);
    const { promise, resolve } = Promise.withResolvers<Heard>();
    const waiting: { count: number; resolve: () => void }[] = [];
    const wake = (): void => waiting.filter(({ count }) => talk.answers.length >= count).forEach(({ resolve: told }) => told());
    const end = (error?: ServiceError | null): void => {
      if (error) talk.error = error;
      resolve(talk);
      waiting.forEach(({ resolve: told }) => told());
    };
    const hear = (answer: Message | Buffer): void => {
      talk.answers.push(answer as Message);
      wake();
    };
    const once = (error: ServiceError | null, answer?: Message | Buffer): void => {
      if (answer) hear(answer);
      end(error);
    };
    const { streams } = METHODS[name];
    const call = this.open(streams, path, requestSerialize, responseDeserialize, metadata, messages[0] ?? {}, once);
    if (streams.out) (call as ClientReadableStream<Message>).on('data', hear).on('error', end).on('end', () => end());
    if (streams.in) for (const message of messages) (call as ClientWritableStream<Message>).write(message);
    if (streams.in && !streams.out) (call as ClientWritableStream<Message>).end();
    const talk: Talk = {
      answers: [], over: promise, cancel: () => call.cancel(),
      until: (count) => new Promise((told) => {
        waiting.push({ count, resolve: told });
        wake();
      }),
    };
    return talk;
  }

  private open({ in: many, out }: { in: boolean; out: boolean }, path: string, write: (message: Message) => Buffer, read: (bytes: Buffer) => Message | Buffer, metadata: Metadata, first: Message, once: (error: ServiceError | null, answer?: Message | Buffer) => void) {
    if (many && out) return this.client.makeBidiStreamRequest(path, write, read, metadata);
    if (many) return this.client.makeClientStreamRequest(path, write, read, metadata, once);
    if (out) return this.client.makeServerStreamRequest(path, write, read, first, metadata);
    return this.client.makeUnaryRequest(path, write, read, first, metadata, once);
  }
}
