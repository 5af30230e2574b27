/**
 * An answer that is not the one hoped for, as RFC 9457 describes it. `code` is stable and ends the problem's type;
 * `detail` helps the reader and never carries a secret.
 */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    /** Further members of the problem document, such as `errors` or `article`. */
    readonly more: { readonly [member: string]: unknown } = {},
  ) {
    super(detail);
    this.name = 'Problem';
  }
}

export const PROBLEM_BASE = 'urn:pacta:problem:';

const TITLES: { readonly [status: number]: string } = {
  400: 'Bad request', 401: 'Not identified', 403: 'Not allowed', 404: 'Not found', 405: 'Method not allowed', 406: 'Not acceptable',
  409: 'Conflict', 412: 'Precondition failed', 413: 'Too large', 415: 'Unsupported media type', 422: 'Refused', 428: 'Precondition required',
  429: 'Too many requests', 431: 'Headers too large', 500: 'Internal error', 503: 'Not available',
};

export const problemDocument = (problem: Problem): { [member: string]: unknown } => ({
  type: `${PROBLEM_BASE}${problem.code}`,
  title: TITLES[problem.status] ?? 'Error',
  status: problem.status,
  code: problem.code,
  detail: problem.detail,
  ...problem.more,
});
