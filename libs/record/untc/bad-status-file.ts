/** A file that is no status page as the depositary publishes it. The sentence says what it is instead and what to do. */
export class BadStatusFile extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BadStatusFile';
  }
}
