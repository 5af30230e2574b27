import { rm } from 'node:fs/promises';

export default async () => {
  const started = globalThis.__pactaTestServer;
  if (!started) return;
  try {
    await started.server.stop();
  } finally {
    await rm(started.folder, { recursive: true, force: true });
  }
};
