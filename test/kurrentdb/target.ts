import { KurrentDouble } from './double/index.js';

/** What a suite runs against: the server of KURRENTDB_URL, or a double of its own. */
export const openTarget = async (): Promise<{ url: string; stop(): void }> => {
  const url = process.env['KURRENTDB_URL'];
  if (url) return { url, stop: () => undefined };
  const double = await KurrentDouble.start();
  return { url: double.url(), stop: () => double.stop() };
};
