import { createCredential, credentialNames, instant, type CalendarDate, type Instant } from '../../../protocol';
import type { Identity } from '../../_core/card/identity';
import type { RandomBytes } from '../../_core/ambient-ports';
import { sha256 } from './es256';
import type { IssuerKeys } from './issuer-keys';
import { referenceTo } from './status-list-issuer';

/** The type of the identity card's credential. */
export const IDENTITY_CARD_VCT = 'urn:wechat-id:identity-card:1';

/** Digests of nothing among the real ones, so that their number does not tell which claims a person has. */
const DECOYS = 4;

const DAY_MS = 24 * 60 * 60 * 1000;

/** When a card's last day in China is over: the next midnight, for `exp` is the first instant that is refused (RFC 7519, 4.1.4). */
const endOf = (day: CalendarDate): Instant => instant(Date.parse(`${day}T00:00:00+08:00`) + DAY_MS);

/**
 * Issues the card's credential: an SD-JWT VC (RFC 9901) bound to the holder key, every claim of the person selectively disclosable.
 * It ends with the card, or with its key where that ends first.
 * @param issuer the issuer's URL
 * @throws Error where another key signs than the identity's record names: what is issued and what is remembered must be one
 */
export const createCredentialIssuer =
  (issuer: string, keys: IssuerKeys, randomBytes: RandomBytes) =>
  ({ card, person }: Identity, at: Instant): string => {
    const { kid, sign, notAfter } = keys.signing(at);
    if (kid !== card.credential.kid) throw new Error('the credential is recorded under another key');
    return createCredential({
      issuer,
      vct: IDENTITY_CARD_VCT,
      kid,
      holderKey: card.holderKey,
      issuedAt: Math.floor(at / 1000),
      expiresAt: Math.floor(Math.min(endOf(card.validTo), notAfter) / 1000),
      status: referenceTo(issuer, card.credential),
      alwaysDisclosed: { tier: card.tier },
      claims: {
        [credentialNames.name]: person.name,
        [credentialNames.birthdate]: person.birthDate,
        [credentialNames.sex]: person.sex,
        ...(person.ethnicity !== null && { [credentialNames.ethnicity]: person.ethnicity }),
        [credentialNames.address]: person.address,
        [credentialNames.number]: person.number,
        [credentialNames.document_issuing_authority]: person.issuingAuthority,
        document_issued_on: person.validFrom,
        ...(person.validTo !== null && { [credentialNames.document_expires_on]: person.validTo }),
      },
      decoys: DECOYS,
      salt: () => randomBytes(16),
      sha256,
      sign,
    });
  };
