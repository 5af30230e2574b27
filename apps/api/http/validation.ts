import { ValidationPipe } from '@nestjs/common';
import { type ClassConstructor, plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError, type ValidatorOptions } from 'class-validator';
import { Problem } from '#platform';

const STRICT: ValidatorOptions = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };

/** Holds every input against its class; what the class does not know is refused, not dropped. */
export const createValidationPipe = (): ValidationPipe => new ValidationPipe({ ...STRICT, transform: true, exceptionFactory: (errors) => invalidInput(errors) });

/** The same for a part of a body whose class depends on another part. */
export const validated = <T extends object>(type: ClassConstructor<T>, value: object, path: string): T => {
  const instance = plainToInstance(type, value, { exposeDefaultValues: true });
  // A kind of fact may have no data at all; its class then declares nothing, which is no reason to refuse.
  const errors = validateSync(instance, { ...STRICT, forbidUnknownValues: false });
  if (errors.length > 0) throw invalidInput(errors, path);
  return instance;
};

const invalidInput = (errors: readonly ValidationError[], path = ''): Problem => {
  const found = errors.flatMap((error) => flatten(error, path));
  return new Problem(400, 'invalid-input', found.map(({ message }) => message).join('; ').slice(0, 1_000), { errors: found });
};

const flatten = (error: ValidationError, path: string): { path: string; message: string }[] => {
  const here = path === '' ? error.property : `${path}.${error.property}`;
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
    path: here.slice(0, 200),
    message: rule === 'whitelistValidation' ? `there is no field ${error.property.slice(0, 100)} here` : message,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => flatten(child, here))];
};
