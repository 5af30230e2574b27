import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const NAME = 'pacta_template';
const MAIN = fileURLToPath(new URL('../../dist/apps/standalone/main.js', import.meta.url));

/**
 * Loads the real record once, by starting the built program on an empty database, so that each whole-system test can
 * begin with a copy instead of waiting for a load of its own.
 */
export const loadTemplate = async (adminUrl) => {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`DROP DATABASE IF EXISTS ${NAME} WITH (FORCE)`);
  await admin.query(`CREATE DATABASE ${NAME}`);
  await admin.end();
  const url = new URL(adminUrl);
  url.pathname = `/${NAME}`;
  const program = spawn(process.execPath, [MAIN], { env: { PATH: process.env.PATH, DATABASE_URL: url.href, PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] });
  const key = await new Promise((resolve, reject) => {
    let output = '';
    program.stdout.on('data', (chunk) => {
      output += chunk;
      const found = /Registrar key\s+(\S+)\n/.exec(output);
      if (found) resolve(found[1]);
    });
    program.on('exit', (code) => reject(new Error(`The program ended (${code}) before the record was loaded:\n${output}`)));
  });
  program.removeAllListeners('exit');
  await new Promise((resolve) => {
    program.on('exit', resolve);
    program.kill('SIGTERM');
  });
  return { name: NAME, key };
};
