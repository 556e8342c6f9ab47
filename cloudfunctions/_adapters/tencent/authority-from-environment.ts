import { Agent } from 'node:http';
import { CommonClient } from 'tencentcloud-sdk-nodejs-common';
import type { AskAuthority } from '../../_core/enrolment/authority';
import { log } from '../runtime/log';
import { createTencentAuthority } from './face-authority';

/** How long a face comparison on this machine may take, in milliseconds. */
const LOCAL_TIMEOUT = 20_000;

interface Configuration {
  readonly endpoint: string;
  readonly secretId: string;
  readonly secretKey: string;
  readonly region: string;
  readonly protocol: 'http://' | 'https://';
}

/** The parser's own error would quote the secret that it stumbled over. */
const parse = (configuration: string): Partial<Record<string, string>> => {
  try {
    return JSON.parse(configuration) as Partial<Record<string, string>>;
  } catch {
    return {};
  }
};

const read = (configuration: string): Configuration => {
  const { endpoint, secretId, secretKey, region, protocol } = parse(configuration);
  if (!endpoint || !secretId || !secretKey || !region || (protocol !== 'http://' && protocol !== 'https://')) {
    throw new Error('AUTHORITY must be JSON with endpoint, secretId, secretKey, region and protocol');
  }
  return { endpoint, secretId, secretKey, region, protocol };
};

/** Hears why the authority gave no answer; never personal data. */
export const logAuthorityFault = (code: string): void => {
  log({ event: 'AUTHORITY_FAULT', code });
};

/**
 * The authority that the environment names: JSON with `endpoint`, `secretId`, `secretKey`, `region` and `protocol`.
 * @throws Error where it is no such JSON; the message does not quote it
 */
export const createAuthority = (configuration: string): AskAuthority => {
  const options = read(configuration);
  // One on this machine compares faces on the cores that everything else runs on.
  const patience = options.protocol === 'http://' ? { timeout: LOCAL_TIMEOUT } : {};
  return createTencentAuthority({ ...options, ...patience, onFault: logAuthorityFault });
};

/** Asks the authority for anything but a face. @returns its response, or null where there is none */
export type AuthorityClient = (action: string, version: string, parameters: object) => Promise<unknown>;

const TIMEOUT_S = 10;

/** The same authority for its other questions. @throws Error where the configuration is none; the message does not quote it */
export const createAuthorityClient = (configuration: string): AuthorityClient => {
  const { endpoint, secretId, secretKey, region, protocol } = read(configuration);
  if (protocol === 'http://' && !/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(endpoint)) {
    throw new RangeError('the authority is asked over https, except on this machine');
  }
  return async (action, version, parameters) => {
    const client = new CommonClient(endpoint, version, {
      credential: { secretId, secretKey },
      region,
      profile: {
        // The agent of its own keeps a proxy of the environment out of what stays on this machine.
        httpProfile: {
          endpoint,
          protocol,
          reqTimeout: TIMEOUT_S,
          ...(protocol === 'http://' ? { agent: new Agent() } : {}),
        },
      },
    });
    try {
      return (await client.request(action, parameters)) as unknown;
    } catch {
      logAuthorityFault('transport');
      return null;
    }
  };
};
