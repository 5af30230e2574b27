import { type FileHandle, open } from 'node:fs/promises';

/** Makes answers to appends wait until as many bytes are on disk, all that came meanwhile together: as a real server does. */
export class Disk {
  private waiting: { bytes: number; done: () => void }[] = [];
  private busy = false;

  private constructor(private readonly file: FileHandle) {}

  static async open(path: string): Promise<Disk> {
    return new Disk(await open(path, 'a'));
  }

  written(bytes: number): Promise<void> {
    return new Promise((done) => {
      this.waiting.push({ bytes, done });
      if (!this.busy) void this.flush();
    });
  }

  private async flush(): Promise<void> {
    this.busy = true;
    while (this.waiting.length > 0) {
      const now = this.waiting.splice(0);
      await this.file.appendFile(Buffer.alloc(now.reduce((sum, { bytes }) => sum + bytes, 0)));
      await this.file.datasync();
      for (const { done } of now) done();
    }
    this.busy = false;
  }
}
