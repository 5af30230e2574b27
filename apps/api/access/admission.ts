import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ANYONE, KEY_PREFIX, type Keys, mayDo, type Permission, type Principal, type Tokens } from '#access';
import { Problem, Settings } from '#platform';
import { KEYS, TOKENS } from '../tokens.js';
import { isFromElsewhere } from './from-elsewhere.js';
import type { IdentifiedRequest } from './permission.decorator.js';

/** Finds out who is asking, and whether what they ask for is open to them. */
@Injectable()
export class Admission {
  constructor(
    @Inject(KEYS) private readonly keys: Keys,
    @Inject(TOKENS) private readonly tokens: Tokens | null,
    @Inject(Settings) private readonly settings: Settings,
  ) {}

  /**
   * `page`: made for a person's browser, which is told to ask for a key.
   *
   * @throws {Problem} 401 where a key is needed or not valid, 403 where it does not allow this
   */
  async admit(request: IdentifiedRequest, reply: FastifyReply, permission: Permission | undefined, { page = false } = {}): Promise<void> {
    try {
      request.principal = await this.identify(request);
      if (permission !== undefined && mayDo(request.principal, permission, this.settings.PUBLIC_READS)) return;
      if (request.principal.role === null) throw new Problem(401, 'key-needed', page ? 'This page needs a key: give it as the password, with any user name.' : 'This needs a key: send it as "Authorization: Bearer KEY".');
      throw new Problem(403, 'not-allowed', `A key of the role ${request.principal.role} does not allow this.`);
    } catch (error) {
      if (page && error instanceof Problem && error.status === 401) void reply.header('www-authenticate', 'Basic realm="Pacta", charset="UTF-8"');
      throw error;
    }
  }

  private async identify(request: IdentifiedRequest): Promise<Principal> {
    const { authorization } = request.headers;
    if (authorization === undefined) return ANYONE;
    const [, scheme = '', sent = ''] = /^(Bearer|Basic) +([^\s]+)$/i.exec(authorization) ?? [];
    const isBasic = scheme.toLowerCase() === 'basic';
    const credential = isBasic ? passwordIn(sent) : sent;
    if (!credential) throw new Problem(401, 'authorization-not-understood', 'Send the key as "Authorization: Bearer KEY".');
    // A browser adds what it was once told to every request, also to those that another site makes it send.
    if (isBasic && isFromElsewhere(request, this.settings.PUBLIC_URL)) throw new Problem(403, 'from-another-site', 'A page of another site asked for this. Nothing was done.');
    const principal = credential.startsWith(KEY_PREFIX) || isBasic || !this.tokens ? await this.keys.identify(credential) : await this.tokens.identify(credential);
    if (principal) return principal;
    throw new Problem(401, 'key-not-valid', 'This key is not valid, or no longer. Ask the registrar for another.');
  }
}

/** The user name may be any. */
const passwordIn = (sent: string): string | undefined => {
  const text = Buffer.from(sent, 'base64').toString();
  return text.includes(':') ? text.slice(text.indexOf(':') + 1) : undefined;
};
