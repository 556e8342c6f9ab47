import { cardId, maskName } from '../../../protocol';
import type {
  AccountKey,
  CalendarDate,
  CardId,
  DoneReply,
  GuardianKey,
  ListWardsReply,
  WithdrawAsGuardianRequest,
} from '../../../protocol';
import type { Now } from '../ambient-ports';
import {
  changeIdentity,
  nextRevisionOf,
  ROUNDS_OF_OTHERS,
  withEvent,
  type ChangeIdentityPorts,
} from '../card/change-identity';
import { ageOn, type Identity } from '../card/identity';
import type { GuardianKeyOf, LoadIdentityByCard, LoadIdentityOfAccount, LoadWards } from '../card/identity-ports';
import { withStop } from '../card/stops';
import type { Happening } from '../happening';
import { done, refuse, type Result } from '../result';
import type { Guardian } from './guardian';
import { isGuarded } from './guardianship';

export interface ListWardsPorts {
  readonly today: () => CalendarDate;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
  readonly guardianKeyOf: GuardianKeyOf;
  readonly loadWards: LoadWards;
}

/** How many children are listed: more than anybody has. */
const MOST_WARDS = 20;

type WardIdentity = Identity & { readonly guardian: Guardian };

/** Whether a card is that of a child under 14 whom this guardian consented for. */
const isWardOf = (identity: Identity, key: GuardianKey, today: CalendarDate): identity is WardIdentity =>
  identity.guardian?.key === key && isGuarded(identity.person, today);

/**
 * The children whose cards the caller consented to, also those whom they have withdrawn from; not those who have become 14.
 * Refuses `not_found` where the caller has no card.
 */
export const listWards = async (ports: ListWardsPorts, account: AccountKey): Promise<Result<ListWardsReply>> => {
  const identity = await ports.loadIdentityOfAccount(account);
  if (!identity) return refuse('not_found');
  const key = ports.guardianKeyOf(identity.person.number);
  const today = ports.today();
  const found = await ports.loadWards(key, MOST_WARDS);
  return done({
    ok: true,
    wards: found
      .filter((one): one is WardIdentity => isWardOf(one, key, today))
      .map(({ card, person, guardian }) => ({
        reference: card.id,
        maskedName: maskName(person.name),
        age: ageOn(person, today),
        consentedAt: guardian.at,
        withdrawnAt: guardian.withdrawn?.at ?? null,
      })),
  });
};

export interface WithdrawAsGuardianPorts extends ListWardsPorts, ChangeIdentityPorts {
  readonly now: Now;
  readonly loadIdentityByCard: LoadIdentityByCard;
}

/** What a withdrawal found: whether the guardian's own history is still to tell of it. */
interface Withdrawal {
  readonly child: string;
  readonly isTold: boolean;
}

/** Stops the child's card and deletes the face template, whatever its state; no code of an open showing is accepted any more. */
const stopCard = (ports: WithdrawAsGuardianPorts, key: GuardianKey, card: CardId): Promise<Result<Withdrawal>> =>
  changeIdentity<Withdrawal>(
    ports,
    () => ports.loadIdentityByCard(card),
    (identity) => {
      if (!isWardOf(identity, key, ports.today())) return { kind: 'refused', error: { code: 'not_found' } };
      const { guardian, stepUp, person } = identity;
      const child = maskName(person.name);
      if (guardian.withdrawn) return { kind: 'kept', value: { child, isTold: guardian.withdrawn.isTold } };
      const at = ports.now();
      // A card that is revoked stays so.
      const stops = withStop(identity.card.stops, { reason: 'guardian_withdrew', at });
      const next = nextRevisionOf(identity, {
        ...(stops && { card: { ...identity.card, stops } }),
        stepUp: { ...stepUp, template: null },
        guardian: { ...guardian, withdrawn: { at, isTold: false } },
      });
      const happened: readonly Happening[] = [
        { kind: 'guardian_withdrew', child: null },
        ...(stops ? [{ kind: 'card_stopped', reason: 'guardian_withdrew' } as const] : []),
        ...(stepUp.template ? [{ kind: 'face_template_deleted' } as const] : []),
      ];
      const told = happened.reduce((one, happening) => withEvent(ports.sealEvent, one, { at, happening }), next);
      return { kind: 'changed', next: told, value: { child, isTold: false } };
    },
    ROUNDS_OF_OTHERS,
  );

const tellGuardian = (ports: WithdrawAsGuardianPorts, account: AccountKey, child: string): Promise<Result<null>> =>
  changeIdentity<null>(
    ports,
    () => ports.loadIdentityOfAccount(account),
    (identity) => {
      const event = { at: ports.now(), happening: { kind: 'guardian_withdrew', child } } as const;
      return { kind: 'changed', next: withEvent(ports.sealEvent, nextRevisionOf(identity, {}), event), value: null };
    },
  );

const markTold = (ports: WithdrawAsGuardianPorts, card: CardId): Promise<Result<null>> =>
  changeIdentity<null>(
    ports,
    () => ports.loadIdentityByCard(card),
    (identity) => {
      const { guardian } = identity;
      if (!guardian?.withdrawn) return { kind: 'kept', value: null };
      const withdrawn = { ...guardian.withdrawn, isTold: true };
      return {
        kind: 'changed',
        next: nextRevisionOf(identity, { guardian: { ...guardian, withdrawn } }),
        value: null,
      };
    },
  );

/**
 * Takes a guardian's consent back: as easy as giving it was, so also with a card of the guardian's own that is stopped. The child's card
 * is suspended and its face template deleted; what was interrupted is finished by the same call again.
 * Refuses `not_found` where the caller has no card or the reference is of no child of theirs under 14, and `wrong_step`.
 */
export const withdrawAsGuardian = async (
  ports: WithdrawAsGuardianPorts,
  account: AccountKey,
  { reference }: WithdrawAsGuardianRequest,
): Promise<Result<DoneReply>> => {
  const identity = await ports.loadIdentityOfAccount(account);
  if (!identity) return refuse('not_found');
  const card = cardId(reference);
  const withdrawn = await stopCard(ports, ports.guardianKeyOf(identity.person.number), card);
  if (!withdrawn.ok) return withdrawn;
  if (withdrawn.value.isTold) return done({ ok: true });
  const told = await tellGuardian(ports, account, withdrawn.value.child);
  if (!told.ok) return told;
  const marked = await markTold(ports, card);
  return marked.ok ? done({ ok: true }) : marked;
};
