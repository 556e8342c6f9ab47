import * as oauth from 'openid-client';
import type { Server } from './provider-world';

/** What the sample bank asks for. */
export const PURPOSE = 'bank-account-opening';
/** A number of nobody's. */
export const NUMBER = '123456789';

/** What CIBA's endpoint answers. */
export type OpenedByCiba = Awaited<ReturnType<typeof oauth.initiateBackchannelAuthentication>>;

type Client = Pick<Server, 'config' | 'DPoP'>;

/** Asks a holder by CIBA. @param more parameters in the place of good ones, or beside them */
export const askBy = ({ config }: Client, more: Readonly<Record<string, string>> = {}): Promise<OpenedByCiba> =>
  oauth.initiateBackchannelAuthentication(config, {
    ...{ scope: 'openid', purpose: PURPOSE, login_hint: NUMBER },
    ...more,
  });

/** Asks once whether the holder has answered. */
export const pollBy = ({ config, DPoP }: Client, { auth_req_id }: Pick<OpenedByCiba, 'auth_req_id'>) =>
  oauth.genericGrantRequest(config, 'urn:openid:params:grant-type:ciba', { auth_req_id }, { DPoP });

/** What a refusal says; a success says that it is none. */
export const faultOf = async (
  failing: Promise<unknown>,
): Promise<{ status?: number; error?: string; text: string }> => {
  try {
    return { text: `no fault: ${JSON.stringify(await failing)}` };
  } catch (fault) {
    const { status, error, error_description: text = '' } = fault as Partial<oauth.ResponseBodyError>;
    return { ...(status !== undefined && { status }), ...(error !== undefined && { error }), text };
  }
};
