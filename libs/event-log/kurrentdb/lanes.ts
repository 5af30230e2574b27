/** One piece of work at a time for each stream, in the order it came; on different streams side by side. */
export class Lanes {
  private readonly tails = new Map<string, Promise<void>>();

  /** Taken at once for all of its streams, so no two pieces of work can wait for each other. */
  run<Result>(streams: readonly string[], work: () => Promise<Result>): Promise<Result> {
    const before = streams.flatMap((stream) => this.tails.get(stream) ?? []);
    const done = before.length === 0 ? work() : Promise.all(before).then(work);
    const settled = done.then(() => undefined, () => undefined);
    for (const stream of streams) this.tails.set(stream, settled);
    void settled.then(() => {
      for (const stream of streams) if (this.tails.get(stream) === settled) this.tails.delete(stream);
    });
    return done;
  }

  isBusy(stream: string): boolean {
    return this.tails.has(stream);
  }

  /** Resolves when nothing is under way. */
  async empty(): Promise<void> {
    while (this.tails.size > 0) await Promise.all(this.tails.values());
  }
}
