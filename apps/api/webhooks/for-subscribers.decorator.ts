import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiBearerAuth, ApiForbiddenResponse, ApiUnauthorizedResponse } from '@nestjs/swagger';
import { ANYONE, type Principal } from '#access';
import { ownerOfSubscriber } from '#webhooks';
import { Allow, type IdentifiedRequest } from '../access/permission.decorator.js';

/** For whoever has endpoints of its own, and described as that. */
export const ForSubscribers = (): MethodDecorator & ClassDecorator =>
  applyDecorators(Allow('subscribe'), ApiBearerAuth(), ApiUnauthorizedResponse({ description: 'No key, or one that is not valid.' }), ApiForbiddenResponse({ description: 'The key’s role does not allow it.' }));

/** A subscriber's, whichever of its keys it comes with; else the key's own. */
const ownerOf = ({ actor, subscriber }: Principal): string => (subscriber === undefined ? actor : ownerOfSubscriber(subscriber));

const askerIn = (context: ExecutionContext) => context.switchToHttp().getRequest<IdentifiedRequest>().principal ?? ANYONE;

/** Whose endpoint it will be. */
export const Owner = createParamDecorator((_: unknown, context: ExecutionContext): string => ownerOf(askerIn(context)));

/** Whose endpoints are seen: one's own; null for an administrator, who sees all. */
export const Seen = createParamDecorator((_: unknown, context: ExecutionContext): string | null => {
  const asker = askerIn(context);
  return asker.role === 'admin' ? null : ownerOf(asker);
});
