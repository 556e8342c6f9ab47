import {
  addressReach,
  INSTITUTION_KEYS_MAX,
  jwkThumbprint,
  readPublicJwk,
  type DoneReply,
  type InstitutionJwk,
  type Refusal,
  type Sha256,
} from '../../../protocol';
import type { LoadPartner } from '../partners/partner-ports';
import { done, refuse, type Result } from '../result';
import type {
  CreateRegistration,
  InstitutionAct,
  LoadRegistration,
  Registration,
  ReplaceRegistration,
} from './registration';

export interface RegisterPorts {
  readonly sha256: Sha256;
  /** The service's own public address, without a slash at its end: where it is this machine, addresses of institutions may be too. */
  readonly issuer: string;
  readonly loadPartner: LoadPartner;
  readonly loadRegistration: LoadRegistration;
  readonly createRegistration: CreateRegistration;
  readonly replaceRegistration: ReplaceRegistration;
}

type RuleOf = Pick<RegisterPorts, 'sha256' | 'issuer'>;

/** What an act makes of a registration: the next state, the same where it has nothing to do, or why it cannot be. */
type Decision = { readonly next: Registration } | { readonly kept: true } | { readonly refused: Refusal };

const refused = (...given: Parameters<typeof refuse>): { readonly refused: Refusal } => ({
  refused: refuse(...given).error,
});

/**
 * A developer's browser, where no holder is, may be sent back to the machine that it runs on. Of the sandbox no events are told: with no address
 * for them, those of holders cannot be sent there by mistake.
 */
const addressFault = (
  { issuer }: RuleOf,
  { use, redirectUris, events }: Pick<Registration, 'use' | 'redirectUris' | 'events'>,
): Refusal | null => {
  const isAllowed = (address: string): boolean => {
    const reach = addressReach(address);
    const takesLoopback = use === 'sandbox' || addressReach(`${issuer}/`) === 'loopback';
    return reach === 'public' || (reach === 'loopback' && takesLoopback);
  };
  const uri = redirectUris.findIndex((address, at) => !isAllowed(address) || redirectUris.indexOf(address) < at);
  if (uri >= 0) return refuse('address_not_allowed', { at: `/target/redirectUris/${String(uri)}` }).error;
  const isHeard = events === null || (use !== 'sandbox' && isAllowed(events.url));
  return isHeard ? null : refuse('address_not_allowed', { at: '/target/events' }).error;
};

const thumbprintOf = ({ sha256 }: Pick<RuleOf, 'sha256'>, jwk: InstitutionJwk): string | null => {
  const key = readPublicJwk(jwk);
  return key && jwkThumbprint(key, sha256);
};

type Named = Registration['withdrawn'][number];

/** The keys with one more; null where its point is none of the curve, it was used under this or another name, or there are enough. */
const withKey = (
  rules: RuleOf,
  { keys, withdrawn }: Pick<Registration, 'keys' | 'withdrawn'>,
  key: InstitutionJwk,
): Registration['keys'] | null => {
  const thumbprint = thumbprintOf(rules, key);
  if (thumbprint === null || keys.length >= INSTITUTION_KEYS_MAX) return null;
  const isUsed = (used: Named): boolean => used.kid === key.kid || used.thumbprint === thumbprint;
  const present = keys.map((one) => ({ kid: one.kid, thumbprint: thumbprintOf(rules, one) ?? '' }));
  return [...withdrawn, ...present].some(isUsed) ? null : [...keys, key];
};

/** How many carried out proposals a registration remembers. */
const REMEMBERED = 50;

const registered = (
  rules: RuleOf,
  {
    client,
    partner,
    use,
    keys,
    redirectUris,
    events,
  }: Extract<InstitutionAct, { kind: 'register_institution' }>['target'],
  proposal: string,
): Decision => {
  const fault = addressFault(rules, { use, redirectUris, events });
  if (fault) return { refused: fault };
  let taken: Registration['keys'] = [];
  for (const [at, key] of keys.entries()) {
    const more = withKey(rules, { keys: taken, withdrawn: [] }, key);
    if (!more) return refused('key_not_allowed', { at: `/target/keys/${String(at)}` });
    taken = more;
  }
  const addresses = { redirectUris, events };
  const next = { clientId: client, partner, use, state: 'active', keys: taken, ...addresses, revision: 1 } as const;
  return { next: { ...next, withdrawn: [], carriedOut: [proposal] } };
};

const changed = (
  rules: RuleOf,
  found: Registration,
  act: Exclude<InstitutionAct, { kind: 'register_institution' }>,
): Decision => {
  switch (act.kind) {
    case 'add_institution_key': {
      const keys = withKey(rules, found, act.target.key);
      return keys ? { next: { ...found, keys } } : refused('key_not_allowed', { at: '/target/key' });
    }
    case 'withdraw_institution_key': {
      const { kid } = act.target;
      const key = found.keys.find((one) => one.kid === kid);
      if (!key) return refused('not_found');
      // Without any it could not be told from anybody else: then it is to end.
      if (found.keys.length === 1) return refused('last_key');
      const withdrawn = [...found.withdrawn, { kid, thumbprint: thumbprintOf(rules, key) ?? '' }];
      return { next: { ...found, keys: found.keys.filter((one) => one !== key), withdrawn } };
    }
    case 'move_institution': {
      const { redirectUris, events } = act.target;
      const fault = addressFault(rules, { ...act.target, use: found.use });
      return fault ? { refused: fault } : { next: { ...found, redirectUris, events } };
    }
    case 'end_institution':
      return { next: { ...found, state: 'ended' } };
  }
};

/** What an act comes to as things stand. @param proposal by whose word; the same again has nothing to do */
const decide = async (ports: RegisterPorts, act: InstitutionAct, proposal: string): Promise<Decision> => {
  const found = await ports.loadRegistration(act.target.client);
  if (found?.carriedOut.includes(proposal)) return { kept: true };
  if (act.kind === 'register_institution') {
    if (found) return refused('client_id_taken');
    const partner = await ports.loadPartner(act.target.partner);
    if (!partner) return refused('not_found');
    return partner.state === 'active' ? registered(ports, act.target, proposal) : refused('wrong_step');
  }
  if (!found) return refused('not_found');
  if (found.state === 'ended') return act.kind === 'end_institution' ? { kept: true } : refused('wrong_step');
  const decision = changed(ports, found, act);
  if (!('next' in decision)) return decision;
  const carriedOut = [...found.carriedOut, proposal].slice(-REMEMBERED);
  return { next: { ...decision.next, revision: found.revision + 1, carriedOut } };
};

/** Why an act on a partner's server could not be done as things stand; null where it could. */
export const hindranceOfInstitutionAct = async (ports: RegisterPorts, act: InstitutionAct): Promise<Refusal | null> => {
  const decision = await decide(ports, act, '');
  return 'refused' in decision ? decision.refused : null;
};

/** How often a write may be overtaken: operators alone write here. */
const ROUNDS = 50;

/**
 * Does what two operators decided about a partner's server, in one conditional write; done twice it is done once. From the next request
 * on the server is who it then is.
 *
 * Refuses `not_found` where partner, server or key are not there, `wrong_step` where the partner is not active or the server has ended,
 * `client_id_taken`, `key_not_allowed` for a key that is none, was used before under its name or another, or is one too many,
 * `last_key`, and `address_not_allowed`.
 * @throws Error where others were always first: it is then done later
 */
export const carryOutInstitutionAct = async (
  ports: RegisterPorts,
  act: InstitutionAct,
  proposal: string,
): Promise<Result<DoneReply>> => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const prior = await ports.loadRegistration(act.target.client);
    const decision = await decide({ ...ports, loadRegistration: () => Promise.resolve(prior) }, act, proposal);
    if ('refused' in decision) return { ok: false, error: decision.refused };
    if ('kept' in decision) return done({ ok: true });
    const isFirst = prior
      ? await ports.replaceRegistration(prior, decision.next)
      : await ports.createRegistration(decision.next);
    if (isFirst) return done({ ok: true });
  }
  throw new Error('others were always first');
};
