import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiForbiddenResponse, ApiUnauthorizedResponse } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ANYONE, type Permission, type Principal } from '#access';

export const PERMISSION = 'pacta:permission';

/** What a route asks for. Every route says so; one that does not is closed to all. */
export const Allow = (permission: Permission): MethodDecorator & ClassDecorator =>
  permission === 'record' || permission === 'administer'
    ? applyDecorators(SetMetadata(PERMISSION, permission), ApiBearerAuth(), ApiUnauthorizedResponse({ description: 'No key, or one that is not valid.' }), ApiForbiddenResponse({ description: 'The key’s role does not allow it.' }))
    : SetMetadata(PERMISSION, permission);

/** Whoever is asking; set by the guard. */
export const Asker = createParamDecorator((_: unknown, context: ExecutionContext): Principal => context.switchToHttp().getRequest<IdentifiedRequest>().principal ?? ANYONE);

export type IdentifiedRequest = FastifyRequest & { principal?: Principal };
