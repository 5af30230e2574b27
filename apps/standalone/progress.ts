/** Progress of a long step: one line that moves on a terminal, a line at each quarter elsewhere. */
export class Progress {
  private quarter = 0;
  private shownAt = 0;

  constructor(private readonly title: string) {}

  show(done: number, all: number): void {
    if (process.stdout.isTTY) {
      const now = performance.now();
      if (now - this.shownAt < 80 && done < all) return;
      this.shownAt = now;
      const filled = Math.round((done / all) * 30);
      process.stdout.write(`\r${this.title} [${'█'.repeat(filled)}${'·'.repeat(30 - filled)}] ${done}/${all}`);
      return;
    }
    const quarter = Math.floor((done / all) * 4);
    if (quarter === this.quarter) return;
    this.quarter = quarter;
    console.log(`${this.title}: ${done} of ${all}`);
  }

  end(result: string): void {
    console.log(process.stdout.isTTY ? `\r${this.title}: ${result}${' '.repeat(40)}` : `${this.title}: ${result}`);
  }
}
