import { registerDecorator } from 'class-validator';
import { isCoarseDate, isDay } from '#treaty';

const check = (name: string, test: (value: unknown) => boolean, message: string): PropertyDecorator => (target, property) =>
  registerDecorator({ name, target: target.constructor, propertyName: String(property), validator: { validate: test, defaultMessage: () => message } });

/** A day that exists: `2019-05-01`. */
export const IsDay = (): PropertyDecorator => check('isDay', (value) => typeof value === 'string' && isDay(value), '$property must be a day that exists, such as 2019-05-01');

/** A year, a month or a day that exists. */
export const IsCoarseDate = (): PropertyDecorator =>
  check('isCoarseDate', (value) => typeof value === 'string' && isCoarseDate(value), '$property must be a date that exists, such as 2019-05-01, or 2019-05 or 2019 where no more is known');

/** A short text on one or several lines, without control characters. */
export const IsPlainText = (most: number): PropertyDecorator =>
  check('isPlainText', (value) => typeof value === 'string' && value.trim() !== '' && value.length <= most && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(value), `$property must be a text of 1 to ${most} characters`);

const INSTANT = /^(\d{4}-\d{2}-\d{2})T[\d:.]{5,18}(Z|[+-]\d{2}:?\d{2})$/;

/** An instant that exists, with its offset: `2026-11-24T12:00:00Z`. */
export const IsInstant = (): PropertyDecorator => check('isInstant', (value) => typeof value === 'string' && isInstant(value), '$property must be an instant with its offset, such as 2026-11-24T12:00:00Z');

const isInstant = (text: string): boolean => {
  const day = INSTANT.exec(text)?.[1];
  if (day === undefined || !isDay(day)) return false;
  try {
    return Boolean(Temporal.Instant.from(text));
  } catch {
    return false;
  }
};

/** The place that a page of a list ended at, as we gave it out: `place` is what it looks like when read. */
export const IsCursor = (place: RegExp): PropertyDecorator =>
  check('isCursor', (value) => typeof value === 'string' && value.length <= 400 && place.test(Buffer.from(value, 'base64url').toString()), '$property is none of this list: take it from `next` of the page before, or leave it out to begin');
