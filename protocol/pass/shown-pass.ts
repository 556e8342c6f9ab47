import { base45Decode, base45Encode } from '../bytes/base45';
import { equalBytes } from '../bytes/bytes';
import { cborDecode } from '../cbor/cbor-decode';
import { cborEncode } from '../cbor/cbor-encode';
import { isArray, isBytes, isMap, type CborValue } from '../cbor/cbor-value';
import { externalAad } from '../cose/domain';
import { createSign1, parseSign1, verifySign1, type Sign1 } from '../cose/sign1';
import type { Sha256, Sign, VerifySignature } from '../crypto';
import { purposeIds, purposeTable, type PurposeId } from '../purposes/purpose-table';
import { PASS_PREFIX, passClaim } from '../spec/pass';
import { cwtClaim } from '../spec/rfc8392';
import { isTime, parsePass, type ParsedPass } from './pass';
import { commitmentTo, digestOfClaim, passClaims, readTold, type Opening, type Openings } from './pass-claims';

/** The longest text that is looked at, in characters: the longest name fits. */
const MAX_LENGTH = 800;

/** The purposes that a pass serves. */
export const offlinePurposes: readonly PurposeId[] = purposeIds.filter((id) =>
  purposeTable[id].modes.includes('offline'),
);

/** Whether a scanned text is a shown pass, or a foreign text that begins like one. */
export const looksLikePass = (text: string): boolean => text.startsWith(PASS_PREFIX);

/**
 * The text of a pass that is shown: a CWT by the pass's own key over the pass, the purpose, the time and, of each claim, its opening
 * where the purpose's row allows it and its digest otherwise. In base45 after `P1:`, so that a QR code holds it in its alphanumeric
 * mode: 581 characters for a name of three characters and a parcel, version 13 at error correction L.
 * @param showing.shownAt the phone's idea of the service's time, in whole seconds since 1970
 * @throws RangeError where the purpose is not served offline or the time is none
 */
export const createShownPass = (showing: {
  readonly pass: Uint8Array;
  readonly openings: Openings;
  readonly purpose: PurposeId;
  readonly shownAt: number;
  readonly sign: Sign;
  readonly sha256: Sha256;
}): string => {
  if (!isTime(showing.shownAt)) throw new RangeError('the time of a showing is in whole seconds since 1970');
  if (!offlinePurposes.includes(showing.purpose)) throw new RangeError('no pass serves this purpose');
  const { claims } = purposeTable[showing.purpose];
  const told = showing.openings.map((opening, position): CborValue => {
    const name = passClaims[position];
    return name && claims.includes(name)
      ? [opening.salt, opening.value]
      : digestOfClaim(opening, position, showing.sha256);
  });
  const payload = cborEncode(
    new Map<number, CborValue>([
      [cwtClaim.iat, showing.shownAt],
      [passClaim.shown, [showing.purpose, showing.pass, ...told]],
    ]),
  );
  return PASS_PREFIX + base45Encode(createSign1({ payload, externalAad: externalAad.passShowing, sign: showing.sign }));
};

/** A shown pass that was read and not yet verified. */
export interface ParsedShownPass {
  readonly pass: ParsedPass;
  readonly purpose: PurposeId;
  /** When it was shown, by its own word: seconds since 1970. */
  readonly shownAt: number;
  /** What is told of each of `passClaims`; null where only its digest is. */
  readonly openings: readonly (Opening | null)[];
  /** Whether the pass's own key signed the showing. */
  readonly isBound: (verify: VerifySignature) => boolean;
  /** Whether the issuer committed to what is told. */
  readonly isCommitted: (sha256: Sha256) => boolean;
}

const readShown = (value: CborValue | undefined, sign1: Sign1, shownAt: number): ParsedShownPass | null => {
  if (!isArray(value) || value.length !== 2 + passClaims.length) return null;
  const [named, bytes, ...rest] = value;
  const purpose = purposeIds.find((id) => id === named);
  const pass = isBytes(bytes) ? parsePass(bytes) : null;
  const told = rest.map(readTold).filter((one) => one !== null);
  if (!purpose || !pass || told.length !== passClaims.length) return null;
  return {
    pass,
    purpose,
    shownAt,
    openings: told.map((one) => ('salt' in one ? one : null)),
    isBound: (verify) => verifySign1(sign1, { key: pass.key, externalAad: externalAad.passShowing, verify }),
    isCommitted: (sha256) => {
      const digests = told.map((one, position) => ('salt' in one ? digestOfClaim(one, position, sha256) : one));
      return equalBytes(commitmentTo(digests, sha256), pass.commitment);
    },
  };
};

/** Reads a shown pass, without a key. Of every showing exactly one text is taken. Never throws. @returns null where it is none */
export const parseShownPass = (text: string): ParsedShownPass | null => {
  if (!looksLikePass(text) || text.length > MAX_LENGTH) return null;
  const bytes = base45Decode(text.slice(PASS_PREFIX.length));
  const sign1 = bytes && parseSign1(bytes);
  if (!sign1) return null;
  const decoded = cborDecode(sign1.payload);
  if (!decoded.ok || !isMap(decoded.value) || decoded.value.size !== 2) return null;
  const shownAt = decoded.value.get(cwtClaim.iat);
  return isTime(shownAt) ? readShown(decoded.value.get(passClaim.shown), sign1, shownAt) : null;
};
