import { randomBytes } from 'node:crypto';
import { createSoterHardware } from '../../../local/phone/headless/soter';
import type { FingerprintAnswer } from '../../../protocol';

/** The sensor of a phone on which a user is logged in, as a program of the test's own uses it. */
export interface SoterPhone {
  readonly touch: (challenge: string) => Promise<FingerprintAnswer>;
}

/** A phone whose key the stand-in for WeChat's verification has heard of. @param url the local cloud's address */
export const soterPhone = async (url: string, openId: string, fid = '1'): Promise<SoterPhone> => {
  const hardware = createSoterHardware(randomBytes(8).toString('hex'));
  const body = JSON.stringify(await hardware.registration());
  const headers = { 'x-local-openid': openId };
  const reply = await (await fetch(`${url}/wx/soter/register`, { method: 'POST', headers, body })).text();
  if (!reply.includes(':ok')) throw new Error(`not registered: ${reply}`);
  return {
    touch: async (challenge) => {
      const { resultJSON, resultJSONSignature } = await hardware.sign(challenge, { fid });
      return { resultJson: resultJSON, signature: resultJSONSignature };
    },
  };
};
