import { Agent, type Dispatcher } from 'undici';
import { guardedConnector, type Resolve, resolveBySystem } from './connect.js';
import { inWords } from './failure.js';
import { type Reach, readTarget } from './target.js';

export interface PostOptions {
  reach: Reach;
  resolve?: Resolve;
  /** Milliseconds for all of it, from the call to the end of the answer. */
  timeout?: number;
}

/** What came back from one call. It never throws for what a receiver or a network does. */
export interface Answer {
  /** Null where there was none. */
  status: number | null;
  retryAfter: string | null;
  /** The beginning of the answer, or why there is none. */
  text: string;
  durationMs: number;
}

const TIMEOUT_MS = 15_000;
/** Read so that the connection can serve again; more than this is not read, and the connection is given up. */
const MOST_READ = 16_384;
/** Of an answer, what is kept. */
const KEPT = 1_024;

/**
 * The only way out to addresses that others choose. Connections are made to tested addresses only (`guardedConnector`);
 * nothing follows a redirect; no proxy of the environment has a say, because the agent is our own.
 */
export class Caller {
  private readonly agent: Agent;
  private readonly timeout: number;

  constructor(private readonly options: PostOptions) {
    const { reach, resolve = resolveBySystem, timeout = TIMEOUT_MS } = options;
    this.timeout = timeout;
    this.agent = new Agent({
      connect: guardedConnector({ reach, resolve, timeout }),
      allowH2: false, pipelining: 1, keepAliveTimeout: 10_000, keepAliveMaxTimeout: 60_000, maxHeaderSize: 16_384, headersTimeout: timeout, bodyTimeout: timeout,
    });
  }

  /**
   * @param address as `readTarget` gave it back; it is read again here, because what is stored may have been let in under other rules
   */
  post(address: string, body: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
    const started = performance.now();
    return new Promise((resolve) => {
      const answered = new AnswerTaker((status, retryAfter, text) => {
        clearTimeout(timer);
        resolve({ status, retryAfter, text, durationMs: Math.round(performance.now() - started) });
      });
      const timer = setTimeout(() => answered.timeIsUp(), this.timeout);
      try {
        const url = this.targetOf(address);
        this.agent.dispatch({ origin: url.origin, path: url.path, method: 'POST', body, headers }, answered);
      } catch (error) {
        answered.onResponseError(null, error as Error);
      }
    });
  }

  close(): Promise<void> {
    return this.agent.destroy();
  }

  /** The same few thousand addresses again and again; the memory is bounded and holds nothing else. */
  private targetOf(address: string): { origin: string; path: string } {
    const known = this.targets.get(address);
    if (known) return known;
    const { origin, pathname, search } = readTarget(address, this.options.reach);
    const target = { origin, path: `${pathname}${search}` };
    if (this.targets.size >= MOST_TARGETS) this.targets.clear();
    this.targets.set(address, target);
    return target;
  }

  private readonly targets = new Map<string, { origin: string; path: string }>();
}

const MOST_TARGETS = 10_000;

type Take = (status: number | null, retryAfter: string | null, text: string) => void;

/** Takes in one answer, as far as it is wanted. Once the status is there it is the answer, however the rest of it ends. */
class AnswerTaker implements Dispatcher.DispatchHandler {
  private status: number | null = null;
  private retryAfter: string | null = null;
  private readonly kept: Buffer[] = [];
  private read = 0;
  private over = false;
  private controller: Dispatcher.DispatchController | null = null;

  constructor(private readonly take: Take) {}

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.over) controller.abort(new Error('too late'));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Record<string, string | string[] | undefined>): void {
    // What comes before the answer itself (100, 103) is no answer.
    if (status < 200) return;
    this.status = status;
    const asked = headers['retry-after'];
    this.retryAfter = typeof asked === 'string' ? asked : null;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.read < KEPT) this.kept.push(chunk.subarray(0, KEPT - this.read));
    this.read += chunk.length;
    if (this.read <= MOST_READ) return;
    this.finish();
    controller.abort(new Error('too much'));
  }

  onResponseEnd(): void {
    // The library has its connection ready for the next call two turns later; whoever calls sooner makes it open another.
    setImmediate(() => setImmediate(() => this.finish()));
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    if (this.status === null) this.finish(inWords(error));
    else this.finish();
  }

  /** A 2xx is kept by whoever sent it, even if the rest of the answer drips for ever. */
  timeIsUp(): void {
    if (this.status === null) this.finish('No answer in time.');
    else this.finish();
    this.controller?.abort(new Error('time is up'));
  }

  private finish(text = readable(Buffer.concat(this.kept))): void {
    if (this.over) return;
    this.over = true;
    this.take(this.status, this.retryAfter, text);
  }
}

/** Text that can be stored: what is no UTF-8, and the null character, become a replacement character. */
const readable = (bytes: Buffer): string => bytes.toString('utf8').replaceAll('\0', '\uFFFD');
