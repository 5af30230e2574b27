import { registrarKey, type Service } from './service.js';

export interface Answer<Body = Record<string, never>> {
  status: number;
  headers: Headers;
  body: Body;
}

/** A GET, with the body as JSON where it is JSON. */
export const get = async <Body = Record<string, never>>({ base }: Service, path: string, headers: Record<string, string> = {}): Promise<Answer<Body>> => answerOf(await fetch(`${base}${path}`, { headers }));

/** A POST of JSON with the registrar's key. */
export const post = async <Body = Record<string, never>>({ base }: Service, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer<Body>> =>
  answerOf(await fetch(`${base}${path}`, { method: 'POST', headers: { authorization: `Bearer ${registrarKey()}`, 'content-type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) }));

const answerOf = async <Body>(response: Response): Promise<Answer<Body>> => {
  const text = await response.text();
  const json = /application\/(problem\+)?json\b/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: (json && text !== '' ? JSON.parse(text) : text) as Body };
};
