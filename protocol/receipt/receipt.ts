import type { JsonObject } from '../credential/json';
import type { Sign, VerifySignature } from '../crypto';
import { createJws, faultOfJws, parseJws, type JwsFault } from '../jws/compact-jws';
import type { PublicKey } from '../key/public-key';
import { claimNames, type DisclosableClaim } from '../purposes/claims';
import { checkModes, purposeIds, type CheckMode, type PurposeId, type Tier } from '../purposes/purpose-table';

/** What a receipt of a check says: where, when and for what, and the names of what was told. Nothing of the person stands in it. */
export interface Receipt {
  readonly issuer: string;
  /** Id of the check's event. */
  readonly eventId: string;
  /** When it was made, and when the code that was checked; whole seconds since 1970. */
  readonly issuedAt: number;
  readonly codeMadeAt: number;
  readonly partner: string;
  readonly shop: string;
  readonly terminal: string;
  readonly purpose: PurposeId;
  readonly mode: CheckMode;
  readonly tier: Tier;
  readonly claims: readonly DisclosableClaim[];
}

/** Header `typ` of a receipt. */
export const RECEIPT_TYPE = 'wechat-id-receipt+jwt';

/** The longest receipt that is looked at, in characters. */
const MAX_LENGTH = 4096;

/** Signs a receipt: the holder and the partner are given the same one. */
export const createReceipt = (receipt: Receipt, signer: { readonly kid: string; readonly sign: Sign }): string => {
  const { issuer, eventId, issuedAt, codeMadeAt, claims, ...rest } = receipt;
  const payload = { iss: issuer, jti: eventId, iat: issuedAt, code_made_at: codeMadeAt, claims: [...claims], ...rest };
  return createJws({ typ: RECEIPT_TYPE, kid: signer.kid, payload, sign: signer.sign });
};

const isSecond = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

const oneOf = <Value extends string>(values: readonly Value[], value: unknown): Value | undefined =>
  values.find((known) => known === value);

const readPayload = (payload: JsonObject): Receipt | null => {
  const { iss, jti, iat, code_made_at: codeMadeAt, partner, shop, terminal } = payload;
  if (Object.keys(payload).length !== 11 || !isSecond(iat) || !isSecond(codeMadeAt)) return null;
  if (typeof iss !== 'string' || typeof jti !== 'string' || typeof partner !== 'string') return null;
  if (typeof shop !== 'string' || typeof terminal !== 'string' || !Array.isArray(payload['claims'])) return null;
  const purpose = oneOf(purposeIds, payload['purpose']);
  const mode = oneOf(checkModes, payload['mode']);
  const tier = oneOf(['light', 'full'], payload['tier']);
  const claims = payload['claims'].map((claim) => oneOf(claimNames, claim)).filter((claim) => claim !== undefined);
  if (!purpose || !mode || !tier || claims.length !== payload['claims'].length) return null;
  const place = { partner, shop, terminal };
  return { issuer: iss, eventId: jti, issuedAt: iat, codeMadeAt, ...place, purpose, mode, tier, claims };
};

export type ReceiptFault = 'malformed' | 'wrong_issuer' | JwsFault;

/**
 * Verifies a receipt: signed by a key of the expected issuer's, looked up among those alone. Never throws.
 * @param expected.keys the keys of the expected issuer and of nobody else, by `kid`
 */
export const verifyReceipt = (
  text: string,
  expected: {
    readonly expectedIssuer: string;
    readonly keys: ReadonlyMap<string, PublicKey>;
    readonly verify: VerifySignature;
  },
): { readonly ok: true; readonly receipt: Receipt } | { readonly ok: false; readonly fault: ReceiptFault } => {
  const parsed = parseJws(text, { typ: RECEIPT_TYPE, maxLength: MAX_LENGTH });
  const receipt = parsed && readPayload(parsed.payload);
  if (!receipt) return { ok: false, fault: 'malformed' };
  if (receipt.issuer !== expected.expectedIssuer) return { ok: false, fault: 'wrong_issuer' };
  const fault = faultOfJws(parsed, expected);
  return fault === null ? { ok: true, receipt } : { ok: false, fault };
};
