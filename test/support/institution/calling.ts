import * as oauth from 'openid-client';
import type { PartnerServer } from './servers';

/** Asks the API of a server's issuer, with a new token. @param path below `/institution/` */
export const callBy = async (
  { config, DPoP }: PartnerServer,
  method: string,
  path: string,
  body?: object,
  more: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly body: Readonly<Record<string, unknown>> }> => {
  const { access_token: token } = await oauth.clientCredentialsGrant(config, { scope: 'verifications' }, { DPoP });
  const url = new URL(`${config.serverMetadata().issuer}/institution/${path}`);
  const headers = new Headers({ 'content-type': 'application/json', ...more });
  const sent = body ? JSON.stringify(body) : undefined;
  const reply = await oauth.fetchProtectedResource(config, token, url, method, sent, headers, { DPoP });
  return { status: reply.status, body: (await reply.json()) as Readonly<Record<string, unknown>> };
};
