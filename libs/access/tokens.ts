import { createRemoteJWKSet, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { type Principal, type Role, ROLES } from './principal.js';

export interface TokenSettings {
  issuer: string;
  audience: string;
}

/**
 * Bearer tokens of an OpenID Connect issuer. The role is the claim `pacta_role`; `pacta_theme` and `pacta_state` narrow
 * a coordinator's and a focal point's. A token without a role that we know identifies nobody.
 */
export class Tokens {
  private keys: Promise<JWTVerifyGetKey> | null = null;

  constructor(private readonly settings: TokenSettings) {}

  async identify(token: string): Promise<Principal | null> {
    const { issuer, audience } = this.settings;
    try {
      const { payload } = await jwtVerify(token, await this.issuerKeys(), { issuer, audience, requiredClaims: ['sub', 'exp'] });
      const role = payload['pacta_role'] as Role;
      if (!ROLES.includes(role)) return null;
      return { actor: `oidc:${payload.sub}`, role, ...textClaim(payload, 'pacta_theme', 'theme'), ...textClaim(payload, 'pacta_state', 'iso3') };
    } catch {
      return null;
    }
  }

  /** Found through the issuer's own document, once; a failure is not remembered. */
  private issuerKeys(): Promise<JWTVerifyGetKey> {
    this.keys ??= discover(this.settings.issuer).catch((error: unknown) => {
      this.keys = null;
      throw error;
    });
    return this.keys;
  }
}

const discover = async (issuer: string): Promise<JWTVerifyGetKey> => {
  const answer = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(5_000) });
  const { jwks_uri } = (await answer.json()) as { jwks_uri: string };
  return createRemoteJWKSet(new URL(jwks_uri));
};

const textClaim = (payload: Readonly<Record<string, unknown>>, claim: string, member: string): Record<string, string> => {
  const value = payload[claim];
  return typeof value === 'string' ? { [member]: value } : {};
};
