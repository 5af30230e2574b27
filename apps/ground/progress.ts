/** Progress of a long step: one line that moves on a terminal, a line at each quarter elsewhere. */
export class Progress {
  private quarter = 0;
  private shownAt = 0;

  /** `stream`: stderr where stdout belongs to the result. */
  constructor(
    private readonly title: string,
    private readonly stream: NodeJS.WriteStream = process.stdout,
  ) {}

  show(done: number, all: number): void {
    if (this.stream.isTTY) {
      const now = performance.now();
      if (now - this.shownAt < 80 && done < all) return;
      this.shownAt = now;
      const filled = Math.round((done / all) * 30);
      this.stream.write(`\r${this.title} [${'█'.repeat(filled)}${'·'.repeat(30 - filled)}] ${done}/${all}`);
      return;
    }
    const quarter = Math.floor((done / all) * 4);
    if (quarter === this.quarter) return;
    this.quarter = quarter;
    this.stream.write(`${this.title}: ${done} of ${all}\n`);
  }

  end(result: string): void {
    this.stream.write(this.stream.isTTY ? `\r${this.title}: ${result}${' '.repeat(40)}\n` : `${this.title}: ${result}\n`);
  }
}
