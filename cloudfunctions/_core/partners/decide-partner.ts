import type { ApplicationRefusal, Grant, PartnerGrant, PartnerSuspension, WantedPurpose } from '../../../protocol';
import type { Result } from '../result';
import { actOnPartner, refused, ROUNDS_OF_OPERATORS, type Decision } from './act-on-partner';
import { isWithinPolicy } from './apply';
import { isRegistered, type Partner } from './partner';
import type { PartnerPorts } from './partner-ports';

type Decided = Promise<Result<{ readonly ok: true }>>;
const ok = { ok: true } as const;

const decided = (ports: PartnerPorts, id: string, decide: (partner: Partner) => Decision<typeof ok>): Decided =>
  actOnPartner(ports, id, decide, ROUNDS_OF_OPERATORS);

const isWithin = (grants: readonly Grant[], wanted: readonly WantedPurpose[]): boolean =>
  grants.every((grant) => {
    const asked = wanted.find(({ purpose }) => purpose === grant.purpose);
    return asked !== undefined && grant.claims.every((claim) => asked.claims.includes(claim));
  });

const openApplicationOf = (partner: Partner) =>
  partner.state === 'applied' || partner.state === 'active' ? partner.application : null;

/**
 * Approves an application: the partner is registered for what is granted, which is at most what it asked for and what policy gives.
 * @param operator the operator's own random id
 * @param approved `askedAt`: of the application as the operator read it
 * Refuses `not_found`, `wrong_step` where nothing is asked for, `act_differs` where it was amended since, with another name perhaps,
 * `beyond_policy`, and `partner_registered` where another registered partner has the same credit code.
 */
export const approvePartner = (
  ports: PartnerPorts,
  operator: string,
  id: string,
  { askedAt, grants }: { readonly askedAt: number; readonly grants: readonly PartnerGrant[] },
): Decided =>
  decided(ports, id, (partner) => {
    const application = openApplicationOf(partner);
    if (!application) return refused('wrong_step');
    if (application.at !== askedAt) return refused('act_differs');
    if (grants.length === 0 || !isWithinPolicy(grants) || !isWithin(grants, application.wanted)) {
      return refused('beyond_policy');
    }
    const shops = isRegistered(partner) ? partner.shops : [];
    return {
      kind: 'acted',
      next: { ...partner, state: 'active', reason: null, grants, shops, application: null },
      deed: { kind: 'partner_approved', grants },
      by: { kind: 'operator', operator },
      value: ok,
    };
  });

/**
 * Refuses an application, with a reason that its owner reads: it can be amended and sent again. What a partner is registered for
 * already it keeps. Refuses `not_found`, and `wrong_step` where nothing is asked for.
 */
export const refusePartner = (ports: PartnerPorts, operator: string, id: string, reason: ApplicationRefusal): Decided =>
  decided(ports, id, (partner) => {
    const application = openApplicationOf(partner);
    if (!application || partner.state === 'suspended') return refused('wrong_step');
    return {
      kind: 'acted',
      next:
        partner.state === 'active'
          ? { ...partner, reason, application: null }
          : { ...partner, state: 'refused', reason, application },
      deed: { kind: 'partner_refused', reason },
      by: { kind: 'operator', operator },
      value: ok,
    };
  });

/** Two operators' decision: who proposed it, and the proposal, which is carried out once however often it is tried. */
export interface Warrant {
  readonly operator: string;
  readonly proposal: string;
}

/** How many carried out proposals a partner remembers. */
const REMEMBERED = 50;

const carry = ({ carriedOut }: Partner, { proposal }: Warrant): readonly string[] =>
  [...carriedOut, proposal].slice(-REMEMBERED);

/** Stops all checks of a partner. Twice is once. Refuses `not_found`, and `wrong_step` for one that is not registered. */
export const suspendPartner = (ports: PartnerPorts, by: Warrant, id: string, reason: PartnerSuspension): Decided =>
  decided(ports, id, (partner) => {
    if (partner.state === 'suspended' || partner.carriedOut.includes(by.proposal)) return { kind: 'kept', value: ok };
    if (partner.state !== 'active') return refused('wrong_step');
    return {
      kind: 'acted',
      next: { ...partner, state: 'suspended', reason, carriedOut: carry(partner, by) },
      deed: { kind: 'partner_suspended', reason },
      by: { kind: 'operator', operator: by.operator },
      value: ok,
    };
  });

/** Lets a suspended partner check again. Twice is once. Refuses `not_found`, and `wrong_step` for one that is not registered. */
export const resumePartner = (ports: PartnerPorts, by: Warrant, id: string): Decided =>
  decided(ports, id, (partner) => {
    if (partner.state === 'active' || partner.carriedOut.includes(by.proposal)) return { kind: 'kept', value: ok };
    if (partner.state !== 'suspended') return refused('wrong_step');
    return {
      kind: 'acted',
      next: { ...partner, state: 'active', reason: null, carriedOut: carry(partner, by) },
      deed: { kind: 'partner_resumed' },
      by: { kind: 'operator', operator: by.operator },
      value: ok,
    };
  });
