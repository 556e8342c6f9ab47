import { randomBytes } from 'node:crypto';
import {
  base64urlEncode,
  createPass,
  publicKeyToBase64url,
  verifyPassKeys,
  type FetchPassesReply,
  type PrepareOfflineReply,
  type PublicKey,
  type PurposeId,
} from '../../../protocol';
import { openingsOf, passFacts, type PassMaker } from '../../support/passes';
import { sha256, verifySignature } from '../protocol/support';
import type { FunctionCall } from './fake-wx';
import { NONCE } from './replies';

/** Answers what a phone asks for passes, as the service does. @param now the service's clock, in milliseconds */
export const passService = (maker: PassMaker, holderKey: () => PublicKey, now: () => number) => {
  const issue = (data: FunctionCall['data']): FetchPassesReply => {
    const request = verifyPassKeys(String(data['keys']), {
      expectedNonce: NONCE,
      holderKey: holderKey(),
      verify: verifySignature,
    });
    if (!request.ok) throw new Error(request.fault);
    const issuedAt = Math.floor(now() / 600_000) * 600;
    const expiresAt = issuedAt + 86_400;
    const passes = request.keys.map((key) => {
      const openings = openingsOf(passFacts);
      const content = {
        id: new Uint8Array(randomBytes(16)),
        issuedAt,
        expiresAt,
        tier: 'light' as const,
        key,
        openings,
      };
      const pass = createPass(content, { issuerKey: maker.issuer.publicKey, sign: maker.issuer.sign, sha256 });
      return { pass: base64urlEncode(pass), salts: openings.map(({ salt }) => base64urlEncode(salt)) };
    });
    return {
      ok: true,
      serverTime: now(),
      issuedAt: issuedAt * 1000,
      expiresAt: expiresAt * 1000,
      claims: passFacts,
      passes,
    };
  };
  return ({ data }: FunctionCall): unknown =>
    data['action'] === 'preparePasses' ? { ok: true, nonce: NONCE } : issue(data);
};

/** What a terminal hears of the service. */
export const offlineReply = (
  maker: PassMaker,
  serverTime: number,
  purposes: readonly PurposeId[] = ['parcel-pickup'],
): PrepareOfflineReply => ({
  ok: true,
  serverTime,
  keys: [{ key: publicKeyToBase64url(maker.issuer.publicKey), notBefore: null, notAfter: null }],
  partner: { zh: '云栖路快递驿站', en: 'Yunqi Road Parcel Station' },
  terminal: '1',
  purposes: [...purposes],
});
