import type { AskAuthority } from '../../_core/enrolment/authority';
import { log } from '../runtime/log';
import { createTencentAuthority } from './face-authority';

/** The parser's own error would quote the secret that it stumbled over. */
const parse = (configuration: string): Partial<Record<string, string>> => {
  try {
    return JSON.parse(configuration) as Partial<Record<string, string>>;
  } catch {
    return {};
  }
};

/**
 * The authority that the environment names: JSON with `endpoint`, `secretId`, `secretKey`, `region` and `protocol`.
 * @throws Error where it is no such JSON; the message does not quote it
 */
export const createAuthority = (configuration: string): AskAuthority => {
  const { endpoint, secretId, secretKey, region, protocol } = parse(configuration);
  if (!endpoint || !secretId || !secretKey || !region || (protocol !== 'http://' && protocol !== 'https://')) {
    throw new Error('AUTHORITY must be JSON with endpoint, secretId, secretKey, region and protocol');
  }
  return createTencentAuthority({
    endpoint,
    secretId,
    secretKey,
    region,
    protocol,
    onFault: (code) => {
      log({ event: 'AUTHORITY_FAULT', code });
    },
  });
};
