import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ANYONE, KEY_PREFIX, type Keys, mayDo, type Permission, type Principal, type Tokens } from '#access';
import { Problem, Settings } from '#platform';
import { KEYS, TOKENS } from '../tokens.js';
import { type IdentifiedRequest, PERMISSION } from './permission.decorator.js';

/** Finds out who is asking, and whether the route is open to them. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(KEYS) private readonly keys: Keys,
    @Inject(TOKENS) private readonly tokens: Tokens | null,
    @Inject(Settings) private readonly settings: Settings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const permission = this.reflector.getAllAndOverride<Permission | undefined>(PERMISSION, [context.getHandler(), context.getClass()]);
    const request = context.switchToHttp().getRequest<IdentifiedRequest>();
    request.principal = await this.identify(request.headers.authorization);
    if (permission !== undefined && mayDo(request.principal, permission, this.settings.PUBLIC_READS)) return true;
    if (request.principal.role === null) throw new Problem(401, 'key-needed', 'This needs a key: send it as "Authorization: Bearer KEY".');
    throw new Problem(403, 'not-allowed', `A key of the role ${request.principal.role} does not allow this.`);
  }

  private async identify(header: string | undefined): Promise<Principal> {
    if (header === undefined) return ANYONE;
    const credential = /^Bearer +([^\s]+)$/i.exec(header)?.[1];
    if (!credential) throw new Problem(401, 'authorization-not-understood', 'Send the key as "Authorization: Bearer KEY".');
    const principal = credential.startsWith(KEY_PREFIX) || !this.tokens ? await this.keys.identify(credential) : await this.tokens.identify(credential);
    if (principal) return principal;
    throw new Problem(401, 'key-not-valid', 'This key is not valid, or no longer. Ask the registrar for another.');
  }
}
