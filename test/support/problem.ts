import { expect } from '@jest/globals';
import type { Answer } from './http.js';

/** What every "no" looks like (RFC 9457). */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  correlation: string;
  article?: string;
  errors?: { path: string; message: string }[];
}

/** Holds an answer against what every problem promises; answers the problem. */
export const problemIn = (answer: Pick<Answer<unknown>, 'status' | 'headers' | 'body'>): ProblemDocument => {
  const problem = answer.body as ProblemDocument;
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(problem).toMatchObject({ type: `urn:pacta:problem:${problem.code}`, title: expect.any(String), status: answer.status, code: expect.stringMatching(/^[a-z][a-z-]+$/), detail: expect.stringMatching(/^\S[\s\S]{9,}/) });
  expect(problem.detail).not.toMatch(/undefined|\[object|node_modules|\bat .*:\d+:\d+/);
  return problem;
};

/** A refusal of the request, never a failure of the service. */
export const refusalIn = (answer: Pick<Answer<unknown>, 'status' | 'headers' | 'body'>): ProblemDocument => {
  if (answer.status < 400 || answer.status > 499) throw new Error(`Answered with ${answer.status}: ${JSON.stringify(answer.body).slice(0, 500)}`);
  return problemIn(answer);
};
