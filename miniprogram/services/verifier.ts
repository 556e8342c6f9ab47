import { hex, validators, type PurposeId, type RedeemCodeReply } from '../protocol';
import { randomBytes } from '../platform/random';
import { call, type Called } from './call';

/** How often a scan is sent again where no answer came; the request id makes the repetition harmless. */
const SENDINGS = 3;

/** The function `verifier`, typed: redeems a scanned code for a purpose. */
export const redeemCode = async (code: string, purpose: PurposeId): Promise<Called<RedeemCodeReply>> => {
  const request = { action: 'redeemCode', code, purpose, requestId: hex(await randomBytes(16)) };
  for (let sending = 1; ; sending += 1) {
    const called = await call('verifier', request, validators.RedeemCodeReply);
    if (called.ok || called.error.code !== 'unreachable' || sending === SENDINGS) return called;
  }
};
