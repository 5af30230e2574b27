import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiBasicAuth, ApiBearerAuth, ApiForbiddenResponse, ApiUnauthorizedResponse } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ANYONE, type Permission, type Principal } from '#access';

export const PERMISSION = 'pacta:permission';
export const PAGE = 'pacta:page';

/** What a route asks for. Every route says so; one that does not is closed to all. */
export const Allow = (permission: Permission): MethodDecorator & ClassDecorator =>
  permission === 'record' || permission === 'administer'
    ? applyDecorators(SetMetadata(PERMISSION, permission), ApiBearerAuth(), ApiUnauthorizedResponse({ description: 'No key, or one that is not valid.' }), ApiForbiddenResponse({ description: 'The key’s role does not allow it.' }))
    : SetMetadata(PERMISSION, permission);

/** For a person's browser: it may give a key as the password of HTTP Basic, and is told to ask for one. */
export const ForBrowsers = (): MethodDecorator & ClassDecorator => applyDecorators(SetMetadata(PAGE, true), ApiBasicAuth());

/** Whoever is asking; set by the guard. */
export const Asker = createParamDecorator((_: unknown, context: ExecutionContext): Principal => context.switchToHttp().getRequest<IdentifiedRequest>().principal ?? ANYONE);

export type IdentifiedRequest = FastifyRequest & { principal?: Principal };
