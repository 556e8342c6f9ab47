import { isBytes, isMap, type CborMap, type CborValue } from '../cbor/cbor-value';
import { coseKey } from '../spec/rfc9052';
import { coordinates, readPoint, type PublicKey } from './public-key';

/** A key as a COSE_Key (RFC 9052, section 7), with the point's parameters and no others. */
export const publicKeyToCoseKey = (key: PublicKey): CborMap => {
  const { x, y } = coordinates(key);
  return new Map<number, CborValue>([
    [coseKey.kty, coseKey.ktyEc2],
    [coseKey.crv, coseKey.crvP256],
    [coseKey.x, x],
    [coseKey.y, y],
  ]);
};

/**
 * Reads a COSE_Key.
 * @returns null where it is no P-256 public key of exactly the four parameters that `publicKeyToCoseKey` writes
 */
export const publicKeyFromCoseKey = (value: CborValue | undefined): PublicKey | null => {
  if (!isMap(value) || value.size !== 4) return null;
  if (value.get(coseKey.kty) !== coseKey.ktyEc2 || value.get(coseKey.crv) !== coseKey.crvP256) return null;
  const x = value.get(coseKey.x);
  const y = value.get(coseKey.y);
  return isBytes(x) && isBytes(y) ? readPoint(x, y) : null;
};
