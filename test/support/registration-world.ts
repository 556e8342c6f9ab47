import type { InstitutionJwk, OperatorRole, ProposeActRequest } from '../../protocol';
import type { InstitutionAct, Registration } from '../../cloudfunctions/_core/institutions/registration';
import { carryOutInstitutionAct, type RegisterPorts } from '../../cloudfunctions/_core/institutions/register';
import { confirmAct, proposeAct, type ProposalPorts } from '../../cloudfunctions/_core/operators/propose';
import type { ActivePartner } from '../../cloudfunctions/_core/partners/partner';
import type { Result } from '../../cloudfunctions/_core/result';
import { valueOf } from './enrolment-steps';
import { createOperatorWorld, operatorOf, type OperatorWorld } from './operator-world';
import { createRegistrationStore, freshJwk } from './registration-store';

/** What registers a bank's server, but for what is given otherwise. */
export const registration = (
  otherwise: Partial<Extract<InstitutionAct, { kind: 'register_institution' }>['target']> = {},
): Extract<ProposeActRequest, { kind: 'register_institution' }> => ({
  action: 'proposeAct',
  kind: 'register_institution',
  reason: 'contract_seen',
  target: {
    partner: 'minjiang-bank',
    client: 'bank-app',
    use: 'live',
    keys: [freshJwk('first')],
    redirectUris: ['https://app.bank.example/back'],
    events: { url: 'https://events.bank.example/in?from=id' },
    ...otherwise,
  },
});

/** Operators who register servers of one bank. */
export interface RegistrationWorld {
  readonly operators: OperatorWorld;
  readonly ports: ProposalPorts;
  readonly registrations: () => readonly Registration[];
  readonly put: (registration: Registration) => void;
  /** Has the partner stand otherwise; null for none. */
  readonly partnerIs: (state: ActivePartner['state'] | 'suspended' | null) => void;
  /** Proposes, and has a second operator confirm. */
  readonly together: (request: ProposeActRequest, role?: OperatorRole) => Promise<Result<unknown>>;
  /** Carries an act out under a proposal, as the job does it again. */
  readonly carryOut: (
    act: InstitutionAct,
    proposal: string,
    ports?: Partial<RegisterPorts>,
  ) => Promise<Result<unknown>>;
}

/** @param issuer the service's own address; a public one where none is named */
export const createRegistrationWorld = (issuer?: string): RegistrationWorld => {
  const operators = createOperatorWorld();
  const store = createRegistrationStore();
  let state: 'active' | 'suspended' | null = 'active';
  const ports: ProposalPorts = {
    ...operators.ports,
    ...store.ports,
    ...(issuer !== undefined && { issuer }),
    loadPartner: async (id) => {
      const found = await operators.ports.loadPartner(id);
      // What is asked of a partner here is its state alone.
      return found && state !== null ? ({ ...found, state } as typeof found) : null;
    },
    carryOut: (act, { id }) => carryOutInstitutionAct(ports, act as InstitutionAct, id),
  };
  return {
    operators,
    ports,
    registrations: store.all,
    put: store.put,
    partnerIs: (next) => {
      state = next;
    },
    together: async (request, role = 'partners') => {
      const proposed = await proposeAct(ports, operatorOf(role), request);
      if (!proposed.ok) return proposed;
      const { proposal, hash } = valueOf(proposed);
      return confirmAct(ports, operatorOf(role, 1), { action: 'confirmAct', proposal, hash });
    },
    carryOut: (act, proposal, changed = {}) => carryOutInstitutionAct({ ...ports, ...changed }, act, proposal),
  };
};

/** Acts on a server that is there. */
export const addKey = (client: string, key: InstitutionJwk) =>
  ({ kind: 'add_institution_key', target: { client, key }, reason: 'asked_in_writing' }) as const;
export const withdrawKey = (client: string, kid: string) =>
  ({ kind: 'withdraw_institution_key', target: { client, kid }, reason: 'key_exposed' }) as const;
export const move = (client: string, redirectUris: string[], events: { url: string } | null) =>
  ({ kind: 'move_institution', target: { client, redirectUris, events }, reason: 'asked_in_writing' }) as const;
export const end = (client: string) => ({ kind: 'end_institution', target: { client }, reason: 'misuse' }) as const;
