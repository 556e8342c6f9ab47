import {
  createCredential,
  createPresentation,
  instant,
  verifyPresentation,
  type JsonObject,
  type JsonValue,
  type PresentationExpectation,
  type Sign,
} from '../../../protocol';
import { content, expected as ofCredential, genuine, holder, partsOf, sha256Of, signed } from './credential-support';
import { sha256 } from './support';

export const nonce = 'n-0S6_WzA2Mj-n-0S6_WzA2Mj';
export const audience = 'https://issuer.example';
export const issuedAt = content.issuedAt + 3600;

export const expected: PresentationExpectation = {
  ...ofCredential,
  now: instant(issuedAt * 1000),
  holderKey: holder.key,
  audience,
  nonce,
};
export const check = (text: string, change: Partial<PresentationExpectation> = {}) =>
  verifyPresentation(text, { ...expected, ...change });

/** What the holder's phone makes, but for the changes. */
export const present = (change: Partial<Parameters<typeof createPresentation>[0]> = {}): string => {
  const made = createPresentation({
    credential: genuine,
    disclose: ['name', 'birthdate'],
    audience,
    nonce,
    issuedAt,
    sha256,
    sign: holder.sign,
    ...change,
  });
  if (made === null) throw new Error('the text is no credential');
  return made;
};

/** A credential with the changes, with all its claims. */
export const credentialWith = (change: Partial<typeof content>): string => createCredential({ ...content, ...change });

export const genuinePresentation = present();

/** The presented credential with the last separator, and the key binding. */
export const halves = (text: string): { presented: string; binding: string } => {
  const at = text.lastIndexOf('~') + 1;
  return { presented: text.slice(0, at), binding: text.slice(at) };
};
export const { presented } = halves(genuinePresentation);
export const bindingHeader: JsonObject = { alg: 'ES256', typ: 'kb+jwt' };
export const bindingPayload: JsonObject = { iat: issuedAt, aud: audience, nonce, sd_hash: sha256Of(presented) };

/** The genuine presentation with a key binding of one's own making, signed by the holder's key unless another signs. */
export const bound = (
  header: JsonValue | string,
  payload: JsonValue | string,
  sign: Sign = holder.sign,
  before = presented,
): string => before + signed(header, payload, [], sign).slice(0, -1);

export const disclosuresOf = (text: string): readonly string[] => partsOf(halves(text).presented).disclosures;
