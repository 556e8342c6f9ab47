import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';
import { identityKey, instant, type Instant } from '../../../protocol';
import type { IdentityBehind, ReferenceTo } from '../../_core/institutions/reference';
import type { DrawnNames } from '../../_core/notices/notice';
import type { SealedKey } from '../../_core/sealed-key';
import type { Sealing } from './sealing';

const IV_BYTES = 12;
const IDENTITY_BYTES = 32;
const END_BYTES = 4;
const TAG_BYTES = 16;
const LENGTH = IV_BYTES + IDENTITY_BYTES + END_BYTES + TAG_BYTES;

/** An end in whole seconds since 1970, four bytes until the year 2106; 0 where there is none. */
const endOf = (until: Instant | null): Buffer => {
  const bytes = Buffer.alloc(END_BYTES);
  bytes.writeUInt32BE(until === null ? 0 : Math.floor(until / 1000));
  return bytes;
};

const untilOf = (end: Buffer): Instant | null => {
  const seconds = end.readUInt32BE();
  return seconds === 0 ? null : instant(seconds * 1000);
};

/** What an identity's data key draws for its reference at a partner: without it no such reference can be made, and it alone makes none. */
export const drawReference = ({ draw }: Pick<Sealing, 'draw'>, dataKey: SealedKey, partner: string): string =>
  draw(dataKey, `reference ${partner}`).toString('hex');

/** The reference of a card by what its data key once drew. */
export type ReferenceOf = (names: DrawnNames, partner: string, until: Instant | null) => string;

/**
 * References of cards for partners: the identity's key and the reference's end under AES-256-GCM, with the partner as the associated data and a
 * nonce that is a keyed hash (HMAC-SHA256) of partner, identity, end and what the identity's data key draws. So a reference is the same each
 * time, two of them never share a nonce, and nothing has to be stored: one leads to its identity by itself, and with the data key it is gone.
 * @param key 32 bytes that serve nothing else
 * @throws RangeError where the key has another length
 */
export const createReferences = (
  key: Uint8Array,
  { draw }: Pick<Sealing, 'draw'>,
): {
  readonly referenceTo: ReferenceTo;
  readonly referenceOf: ReferenceOf;
  readonly identityBehind: IdentityBehind;
} => {
  if (key.length !== 32) throw new RangeError('the reference key must have 32 bytes');
  const derived = (use: string): Buffer => Buffer.from(hkdfSync('sha256', key, '', `wechat-id reference ${use}`, 32));
  const [cipherKey, nonceKey] = [derived('cipher'), derived('nonce')];
  const referenceOf = (
    { identity, reference: drawn }: Pick<DrawnNames, 'identity' | 'reference'>,
    partner: string,
    until: Instant | null,
  ): string => {
    const end = endOf(until);
    const iv = createHmac('sha256', nonceKey)
      .update(JSON.stringify([partner, identity, end.toString('hex'), drawn]))
      .digest()
      .subarray(0, IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', cipherKey, iv).setAAD(Buffer.from(partner));
    const body = Buffer.concat([cipher.update(Buffer.concat([Buffer.from(identity, 'hex'), end])), cipher.final()]);
    return Buffer.concat([iv, body, cipher.getAuthTag()]).toString('base64url');
  };
  return {
    referenceOf,
    referenceTo: ({ key: identity, dataKey }, partner, until) =>
      referenceOf({ identity, reference: drawReference({ draw }, dataKey, partner) }, partner, until),
    identityBehind: (reference, partner) => {
      const bytes = Buffer.alloc(LENGTH);
      Buffer.from(reference, 'base64url').copy(bytes);
      const decipher = createDecipheriv('aes-256-gcm', cipherKey, bytes.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      })
        .setAAD(Buffer.from(partner))
        .setAuthTag(bytes.subarray(LENGTH - TAG_BYTES));
      const body = decipher.update(bytes.subarray(IV_BYTES, LENGTH - TAG_BYTES));
      try {
        decipher.final();
        return {
          identity: identityKey(body.subarray(0, IDENTITY_BYTES).toString('hex')),
          until: untilOf(body.subarray(IDENTITY_BYTES)),
        };
      } catch {
        // The tag does not fit: not ours, or not this partner's.
        const nobody = createHash('sha256').update(nonceKey).update(reference).digest('hex');
        return { identity: identityKey(nobody), until: null };
      }
    },
  };
};
