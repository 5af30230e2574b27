import { createServer } from 'node:net';
import { readSettings } from '#platform';
import { sentenceOf } from '../failure.js';
import { type Finding, unwell, well } from './finding.js';

const OLDEST_NODE = 26;

export const nodeVersion = (): Finding =>
  Number(process.versions.node.split('.')[0]) >= OLDEST_NODE
    ? well('Node', process.versions.node)
    : unwell('Node', process.versions.node, `run it with npm run pacta --, which brings Node ${OLDEST_NODE}`);

export const settingsUsable = (): Finding => {
  try {
    readSettings(process.env);
    return well('settings', 'usable');
  } catch (error) {
    return unwell('settings', sentenceOf(error), 'correct them in the environment');
  }
};

export const portFree = async (): Promise<Finding> => {
  const { PORT, HOST } = readSettings(process.env);
  const name = `port ${PORT}`;
  const code = await codeOfListening(PORT, HOST);
  if (code === null) return well(name, 'free');
  if (code !== 'EADDRINUSE') return unwell(name, `cannot be listened on at ${HOST} (${code})`, 'choose another HOST or PORT');
  return (await isPacta(PORT, HOST)) ? well(name, 'Pacta is running on it') : unwell(name, 'something else listens there', 'stop it, or choose another with PORT=3001');
};

const codeOfListening = (port: number, host: string): Promise<string | null> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(null)));
  });

const isPacta = async (port: number, host: string): Promise<boolean> => {
  const address = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  try {
    const answer = await fetch(`http://${address}:${port}/`, { signal: AbortSignal.timeout(2_000) });
    return ((await answer.json()) as { name?: string }).name === 'Pacta';
  } catch {
    return false;
  }
};
