import { Problem } from '#platform';
import { BadStatusFile } from '#record';
import { Refusal } from '#treaty';
import { inOneSentence } from '../ground/index.js';

/** What was asked cannot be done as asked; the sentence says how it can. */
export class Misuse extends Error {
  override readonly name = 'Misuse';
}

/** It was tried and did not work out; the sentence says why. */
export class Failure extends Error {
  override readonly name = 'Failure';
}

const OURS = [Misuse, Failure, Problem, Refusal, BadStatusFile];

export const sentenceOf = (error: unknown): string => (OURS.some((kind) => error instanceof kind) ? (error as Error).message : inOneSentence(error));

/** A date that is none, a role that is none: the libs say so with the status of a bad request. */
export const isMisuse = (error: unknown): boolean => error instanceof Misuse || (error instanceof Problem && error.status === 400);
