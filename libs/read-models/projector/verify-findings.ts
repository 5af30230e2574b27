/** What is wrong, in the order in which it was found. One cause may show a million times; the first hundred tell enough. */
export class Findings {
  readonly sentences: string[] = [];
  count = 0;

  add(sentence: string): void {
    this.count++;
    if (this.sentences.length < MOST) this.sentences.push(sentence);
  }
}

const MOST = 100;
