import type { Sha256, Sign } from '../crypto';
import { sdJwt } from '../spec/rfc9901';
import { hashOf, signKeyBinding, type KeyBinding } from './key-binding';
import { parseCredential } from './parse-credential';

/**
 * Presents a credential: with the disclosures of the named claims alone, bound to an audience and its nonce by the key that it was issued to
 * (RFC 9901, section 4.3). A name that it does not carry is passed over: of the person, there is nothing to disclose.
 * @param content.credential as `createCredential` writes it
 * @param content.disclose the credential's own names (`presentableClaims`)
 * @param content.issuedAt by the verifier's clock, in whole seconds since 1970
 * @param content.sign with the holder's key
 * @returns `<JWT>~<disclosure>~…~<key binding>`; null where the text is no credential
 */
export const createPresentation = (
  content: Omit<KeyBinding, 'presentedHash'> & {
    readonly credential: string;
    readonly disclose: readonly string[];
    readonly sha256: Sha256;
    readonly sign: Sign;
  },
): string | null => {
  const parsed = parseCredential(content.credential);
  if (!parsed) return null;
  const [jwt] = content.credential.split(sdJwt.separator, 1);
  const disclosed = parsed.disclosures.filter(({ name }) => content.disclose.includes(name)).map(({ text }) => text);
  const presented = [jwt, ...disclosed, ''].join(sdJwt.separator);
  const presentedHash = hashOf(presented, content.sha256);
  return presented + signKeyBinding({ ...content, presentedHash }, content.sign);
};
