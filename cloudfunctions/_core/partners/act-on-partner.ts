import { eventId, hex, mayDoForPartner, type AccountKey, type PartnerAction, type Refusal } from '../../../protocol';
import { done, refuse, type Result } from '../result';
import type { Member, Partner } from './partner';
import type { Actor, PartnerAct, PartnerDeed } from './partner-act';
import type { PartnerPorts } from './partner-ports';
import { settlePartner } from './settle';

/** What a use case makes of a partner: a refusal, its value with nothing to do, or a deed with the partner as it is after it. */
export type Decision<Value> =
  | { readonly kind: 'refused'; readonly error: Refusal }
  | { readonly kind: 'kept'; readonly value: Value }
  | {
      readonly kind: 'acted';
      readonly next: Partner;
      readonly deed: PartnerDeed;
      readonly by: Actor;
      readonly value: Value;
    };

/** A decision to refuse. */
export const refused = (...given: Parameters<typeof refuse>): { kind: 'refused'; error: Refusal } => ({
  kind: 'refused',
  error: refuse(...given).error,
});

/** How often a call of the partner's staff may be overtaken by others. */
const ROUNDS = 5;

/** How often an operator's may be: staff can act without a pause, and must not outrun who suspends their partner. */
export const ROUNDS_OF_OPERATORS = 200;

/** A new act at this moment. */
export const newAct = (
  ports: Pick<PartnerPorts, 'now' | 'randomBytes'>,
  happening: PartnerAct['happening'],
): PartnerAct => ({ id: eventId(hex(ports.randomBytes(16))), at: ports.now(), happening });

/**
 * Loads a partner, finishes what an interrupted call left, decides, and writes what was decided together with its act in one
 * conditional write; where another call came between, what is there then decides anew. All acts on a partner and its staff pass
 * here one after another.
 * Refuses what `decide` refuses, `not_found`, `partner_registered` for a credit code that another partner has, and `wrong_step`
 * where others were always first.
 * @param rounds `ROUNDS_OF_OPERATORS` where an operator calls
 */
export const actOnPartner = async <Value>(
  ports: PartnerPorts,
  id: string,
  decide: (partner: Partner) => Promise<Decision<Value>> | Decision<Value>,
  rounds = ROUNDS,
): Promise<Result<Value>> => {
  for (let round = 0; round < rounds; round += 1) {
    const found = await ports.loadPartner(id);
    if (!found) return refuse('not_found');
    const settled = await settlePartner(ports, found);
    const decision = await decide(settled);
    if (decision.kind === 'refused') return { ok: false, error: decision.error };
    if (decision.kind === 'kept') return done(decision.value);
    const pending = newAct(ports, { ...decision.deed, partner: id, by: decision.by });
    const next: Partner = { ...decision.next, revision: found.revision + 1, pending };
    const outcome = await ports.replacePartner(found, next);
    if (outcome === 'taken') return refuse('partner_registered');
    if (outcome === 'overtaken') continue;
    await settlePartner(ports, next);
    return done(decision.value);
  }
  return refuse('wrong_step');
};

/** The caller's membership, if it is active and its role allows the action. */
export const loadActor = async (
  ports: Pick<PartnerPorts, 'loadMember'>,
  account: AccountKey,
  action: PartnerAction,
): Promise<Member | null> => {
  const member = await ports.loadMember(account);
  return member?.state === 'active' && mayDoForPartner(member.role, action) ? member : null;
};

/**
 * An act by a member of the partner's own staff. Their membership is read again once the partner is settled: who was removed by an
 * act before this one does nothing more. Refuses `not_permitted` besides.
 */
export const actAsMember = async <Value>(
  ports: PartnerPorts,
  account: AccountKey,
  action: PartnerAction,
  decide: (partner: Partner, member: Member) => Promise<Decision<Value>> | Decision<Value>,
): Promise<Result<Value>> => {
  const asked = await ports.loadMember(account);
  if (!asked) return refuse('not_permitted');
  return actOnPartner(ports, asked.partner, async (partner) => {
    const member = await loadActor(ports, account, action);
    return member?.partner === partner.id ? decide(partner, member) : refused('not_permitted');
  });
};

/** A member as the log names them. */
export const byMember = ({ member }: Member): Actor => ({ kind: 'member', member });
