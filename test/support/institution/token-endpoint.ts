import { proofOf, type ServerKey } from './credentials';

/** What an endpoint answered. */
export interface Answer {
  readonly status: number;
  /** By OAuth's code, or by ours where it is a problem. */
  readonly error: string | undefined;
  /** The access token, or nothing. */
  readonly token: string;
  /** The header by which a refusal says how to authenticate. */
  readonly challenge: string;
  readonly body: string;
}

export const answerOf = async (response: Response): Promise<Answer> => {
  const body = await response.text();
  const { error, code, access_token } = JSON.parse(body) as { error?: string; code?: string; access_token?: string };
  const challenge = response.headers.get('www-authenticate') ?? '';
  return { status: response.status, error: error ?? code, token: access_token ?? '', challenge, body };
};

/**
 * Asks for a token, as a program that sends what it likes.
 * @param proof null for none
 */
export const askToken = async (
  address: string,
  assertion: string,
  proof: string | null,
  more: Readonly<Record<string, string>> = {},
): Promise<Answer> => {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    scope: 'verifications',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
    ...more,
  });
  return answerOf(await fetch(address, { method: 'POST', body, headers: proof === null ? {} : { dpop: proof } }));
};

/** A token bound to a key. @throws Error quoting the refusal */
export const tokenOf = async (
  address: string,
  assertion: string,
  binding: ServerKey,
  more: Readonly<Record<string, string>> = {},
): Promise<string> => {
  const { token, body } = await askToken(address, assertion, await proofOf('POST', address, binding), more);
  if (token === '') throw new Error(`no token: ${body}`);
  return token;
};
