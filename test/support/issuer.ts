import { readSigningKey } from '../../cloudfunctions/_adapters/crypto/es256';
import { newKeyPair } from './key-pair';

/** The issuer of a test's credentials; its key is named `issuer-1`. */
export const issuer = 'https://issuer.example';

export const issuerKey = readSigningKey(newKeyPair('issuer-1').jwk);

export const issuerPublicKey = issuerKey.publicKey;
