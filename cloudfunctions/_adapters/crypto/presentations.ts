import {
  credentialNames,
  verifyPresentation,
  type DisclosableClaim,
  type DisclosedClaims,
  type JsonValue,
} from '../../../protocol';
import type { Now } from '../../_core/ambient-ports';
import type { CheckPresentation } from '../../_core/asks/answer-ask';
import { IDENTITY_CARD_VCT } from './credential-issuer';
import { sha256, verifySignature } from './es256';
import type { PublicIssuerKeys } from './issuer-keys';
import { referenceTo } from './status-list-issuer';

const nameOf: Partial<Record<DisclosableClaim, string>> = credentialNames;

/** What a credential of ours discloses of what is told, by its own names. */
const presentable = (told: DisclosedClaims): ReadonlyMap<string, JsonValue> => {
  const entries = Object.entries(told) as [DisclosableClaim, JsonValue][];
  return new Map(
    entries.flatMap(([claim, value]) => {
      const name = nameOf[claim];
      return name === undefined ? [] : [[name, value] as const];
    }),
  );
};

/**
 * Checks presentations of the card's credential: that the issuer signed it, that it is the one that was last issued for the card, and that
 * the holder's key presents it, with what is told and nothing else, to this audience and nonce.
 * @param issuer the issuer's URL
 */
export const createCheckPresentation =
  (issuer: string, keys: Pick<PublicIssuerKeys, 'trusted'>, now: Now): CheckPresentation =>
  (text, { audience, nonce, card, claims }) => {
    const at = now();
    const verified = verifyPresentation(text, {
      ...{ expectedIssuer: issuer, expectedVct: IDENTITY_CARD_VCT, keys: keys.trusted(at), now: at },
      ...{ holderKey: card.holderKey, audience, nonce, sha256, verify: verifySignature },
    });
    if (!verified.ok) return false;
    const { status, disclosed, claims: said } = verified.credential;
    const { uri, index } = referenceTo(issuer, card.credential);
    const expected = presentable(claims);
    return (
      status.uri === uri &&
      status.index === index &&
      said['tier'] === card.tier &&
      disclosed.length === expected.size &&
      [...expected].every(([name, value]) => disclosed.includes(name) && said[name] === value)
    );
  };
