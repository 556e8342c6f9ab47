import { hex, verifyKeyProof } from '../../../protocol';
import type {
  AccountKey,
  CalendarDate,
  IdentityKey,
  Instant,
  MintCardReply,
  RenewCredentialRequest,
  VerifySignature,
} from '../../../protocol';
import { done, refuse, type Result } from '../result';
import { newCredential, type NewCredentialPorts } from '../status/credential-record';
import { changeIdentity, nextRevisionOf, withEvent, type ChangeIdentityPorts } from './change-identity';
import { cardOf, PREPARED_LIFE_MS, statusOn, type Identity } from './identity';
import type { LoadIdentityOfAccount } from './identity-ports';

/** Takes an identity off the queue of those that need a new credential; one that is not on it is no error. */
export type LeaveRemintQueue = (key: IdentityKey) => Promise<void>;

export interface RenewCredentialPorts extends ChangeIdentityPorts, NewCredentialPorts {
  readonly today: () => CalendarDate;
  readonly verifySignature: VerifySignature;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
  /** Issues the credential of this identity, bound to its holder key (RFC 9901), as its record says. */
  readonly issueCredential: (identity: Identity, at: Instant) => string;
  readonly leaveRemintQueue: LeaveRemintQueue;
}

const refusal = (code: 'wrong_step' | 'key_proof_invalid' | 'card_not_active') => ({
  kind: 'refused' as const,
  error: refuse(code).error,
});

/**
 * An identity with a new credential, where another key than that of the present one signs now: in a place of its own, and the
 * place before it is revoked.
 */
export const withCurrentCredential = async (
  ports: NewCredentialPorts & Pick<ChangeIdentityPorts, 'sealEvent'>,
  identity: Identity,
): Promise<Identity | null> => {
  const at = ports.now();
  if (identity.card.credential.kid === ports.signingKid(at)) return null;
  const card = { ...identity.card, credential: await newCredential(ports) };
  const renewed = nextRevisionOf(identity, { card });
  return withEvent(ports.sealEvent, renewed, { at, happening: { kind: 'credential_renewed' } });
};

/**
 * Hands the card's credential out again to the phone that holds the card's key: a new one where the key that signed the present one
 * signs no more. The phone proves its key over the handle of a prepared showing, which is used up: an account alone is told nothing.
 * Refuses `not_found`, `wrong_step` where no fresh handle is prepared, `key_proof_invalid`, and `card_not_active`.
 */
export const renewCredential = async (
  ports: RenewCredentialPorts,
  account: AccountKey,
  request: RenewCredentialRequest,
): Promise<Result<MintCardReply>> => {
  const changed = await changeIdentity<Identity>(
    ports,
    () => ports.loadIdentityOfAccount(account),
    async (identity) => {
      const { showing, card } = identity;
      if (showing?.state !== 'prepared' || showing.preparedAt + PREPARED_LIFE_MS < ports.now()) {
        return refusal('wrong_step');
      }
      const proof = verifyKeyProof(request.proof, { expectedNonce: showing.handle, verify: ports.verifySignature });
      if (!proof.ok || hex(proof.key) !== hex(card.holderKey)) return refusal('key_proof_invalid');
      if (statusOn(card, ports.today()) !== 'valid') return refusal('card_not_active');
      const renewed = (await withCurrentCredential(ports, identity)) ?? nextRevisionOf(identity, {});
      const next = { ...renewed, showing: null };
      return { kind: 'changed', next, value: next };
    },
  );
  if (!changed.ok) return changed;
  const identity = changed.value;
  // Off the queue only now: an identity that is still on it without need is harmless, one that is missing is not.
  await ports.leaveRemintQueue(identity.key);
  const card = cardOf(identity, { today: ports.today(), at: ports.now() });
  return done({ ok: true, card, credential: ports.issueCredential(identity, ports.now()) });
};
