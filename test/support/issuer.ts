import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** An OpenID Connect issuer of one's own, with one key that it tells and one that it does not. */
export interface Issuer {
  url: string;
  /** A token as the issuer gives it, but for what is said otherwise. */
  token(claims: object, otherwise?: { issuer?: string; audience?: string; expires?: number | null; stranger?: boolean }): Promise<string>;
  close(): Promise<void>;
}

export const AUDIENCE = 'pacta-tests';

export const startIssuer = async (): Promise<Issuer> => {
  const [own, stranger] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]);
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'one', use: 'sig', alg: 'ES256' };
  let url = '';
  const server: Server = createServer((request, response) => {
    const answers: Record<string, object> = { '/.well-known/openid-configuration': { issuer: url, jwks_uri: `${url}/keys` }, '/keys': { keys: [jwk] } };
    const answer = answers[request.url ?? ''];
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    token: (claims, { issuer = url, audience = AUDIENCE, expires = 300, stranger: byStranger = false } = {}) => {
      const token = new SignJWT({ ...claims }).setProtectedHeader({ alg: 'ES256', kid: 'one' }).setIssuer(issuer).setAudience(audience).setIssuedAt();
      if (expires !== null) token.setExpirationTime(Math.floor(Date.now() / 1_000) + expires);
      return token.sign(byStranger ? stranger.privateKey : own.privateKey);
    },
    close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
};
