import type { Lane } from './lane.js';

/** Endpoints that wait to be served, each once, first come first served. */
export class Line {
  private waiting: Lane[] = [];
  private served = 0;
  private readonly standing = new Set<Lane>();

  stand(lane: Lane): void {
    if (this.standing.has(lane)) return;
    this.standing.add(lane);
    this.waiting.push(lane);
  }

  next(): Lane | undefined {
    const lane = this.waiting[this.served];
    if (!lane) return undefined;
    this.standing.delete(lane);
    this.served++;
    // Taking the first of an array moves all the others: once for many is enough.
    if (this.served > 1_000 || this.served === this.waiting.length) {
      this.waiting = this.waiting.slice(this.served);
      this.served = 0;
    }
    return lane;
  }
}
