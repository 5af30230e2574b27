import { type ServiceError, status } from '@grpc/grpc-js';
import type { MethodName } from '../wire/methods.js';
import { failure, reset } from './failures.js';

/**
 * What goes wrong with one call: `reply lost` is written, and the answer is lost with its stream; `silence` is written,
 * and nothing is ever said; `no leader` is what a node says inside of a batch that lost its own; the others are refused before anything is done. `cut short` ends a read after some events.
 */
export type Fault = 'reply lost' | 'silence' | 'unavailable' | 'deadline exceeded' | 'overloaded' | 'access denied' | 'no leader';

/** Faults that wait for a call, first come first served. */
export class Faults {
  private readonly waiting: { method: MethodName; fault: Fault }[] = [];

  next(method: MethodName, ...faults: Fault[]): void {
    this.waiting.push(...faults.map((fault) => ({ method, fault })));
  }

  /** Of this call, which is then the one that it happened to. */
  of(method: MethodName): Fault | undefined {
    const index = this.waiting.findIndex((one) => one.method === method);
    return index < 0 ? undefined : this.waiting.splice(index, 1)[0]?.fault;
  }
}

/** Faults that strike before a call has done anything. */
export const before = (fault: Fault | undefined): ServiceError | undefined => {
  switch (fault) {
    case 'unavailable': return failure(status.UNAVAILABLE, 'Server Is Not Ready');
    case 'deadline exceeded': return failure(status.DEADLINE_EXCEEDED, 'Deadline exceeded');
    case 'access denied': return failure(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });
    case 'overloaded': return failure(status.UNAVAILABLE, 'Server Is Busy');
    default: return undefined;
  }
};

export const after = (fault: Fault | undefined): ServiceError | undefined => (fault === 'reply lost' ? reset() : undefined);
