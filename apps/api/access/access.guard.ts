import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import type { Permission } from '#access';
import { Admission } from './admission.js';
import { type IdentifiedRequest, PAGE, PERMISSION } from './permission.decorator.js';

/** Whether a route is open to whoever is asking. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Admission) private readonly admission: Admission,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const [where, http] = [[context.getHandler(), context.getClass()], context.switchToHttp()];
    const permission = this.reflector.getAllAndOverride<Permission | undefined>(PERMISSION, where);
    const page = this.reflector.getAllAndOverride<true | undefined>(PAGE, where) ?? false;
    await this.admission.admit(http.getRequest<IdentifiedRequest>(), http.getResponse<FastifyReply>(), permission, { page });
    return true;
  }
}
