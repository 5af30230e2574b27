import type { FastifyRequest } from 'fastify';

/**
 * Whether another site's page made a browser send this, as far as the browser says. Looking is open to all sites, since
 * they cannot read the answer. What sends neither header is no browser.
 */
export const isFromElsewhere = ({ method, headers }: Pick<FastifyRequest, 'method' | 'headers'>, publicUrl: string): boolean => {
  if (method === 'GET' || method === 'HEAD') return false;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin';
  const { origin, host } = headers;
  if (origin === undefined) return false;
  return !URL.canParse(origin) || (new URL(origin).host !== host && new URL(origin).origin !== new URL(publicUrl).origin);
};
