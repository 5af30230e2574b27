import { KurrentDouble } from './index.js';

/** A double in a process of its own, for those who measure: says its address and runs until it is ended. */
const double = await KurrentDouble.start();
process.stdout.write(`${double.url()}\n`);
process.on('SIGTERM', () => {
  double.stop();
  process.exit();
});
