import { Disk } from './disk.js';
import { KurrentDouble } from './index.js';

/** A double in a process of its own, for those who measure: says its address and runs until it is ended. With a file, it answers appends when they are in it. */
const [, , file] = process.argv;
const double = await KurrentDouble.start(file === undefined ? {} : { disk: await Disk.open(file) });
process.stdout.write(`${double.url()}\n`);
process.on('SIGTERM', () => {
  double.stop();
  process.exit();
});
