import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiForbiddenResponse, ApiUnauthorizedResponse } from '@nestjs/swagger';
import { Allow } from '../access/permission.decorator.js';

/** For holders of a key that allows it, and described as that. */
export const ForKeys = (permission: 'read-letters' | 'correspond'): MethodDecorator & ClassDecorator =>
  applyDecorators(Allow(permission), ApiBearerAuth(), ApiUnauthorizedResponse({ description: 'No key, or one that is not valid.' }), ApiForbiddenResponse({ description: 'The key’s role does not allow it.' }));
