import type { AccountKey, Grant, PurposeId } from '../../../protocol';
import { refuse, type Result } from '../result';
import type { RateLimit, TakeTurn } from '../rate-limit';
import type { Staff } from '../showing/staff';

/** A partner's server, as it was authenticated for this call, and what the partner is registered for now. */
export interface InstitutionCaller {
  /** The partner's own name of its server; it stands where a merchant's shop does. */
  readonly clientId: string;
  readonly partner: { readonly id: string; readonly grants: readonly Grant[] };
}

/** The keyed hash of a counter, which stands where the account of a merchant's staff does. */
export type CounterKeyOf = (client: string, counter: string) => AccountKey;

/** The purposes whose checks a partner has used up for today. */
export type LoadUsedQuotas = (partner: string) => Promise<readonly PurposeId[]>;

export interface CounterPorts {
  readonly counterKeyOf: CounterKeyOf;
  readonly loadUsedQuotas: LoadUsedQuotas;
  readonly takeTurn: TakeTurn;
}

const MINUTE_MS = 60 * 1000;

/** How many checks, and how many sessions of counters, the servers of one partner may begin. */
export const ORDERS_OF_PARTNER: RateLimit = { name: 'institution orders', most: 600, windowMs: MINUTE_MS };
/** How often they may read: what became of a session, a check, a card. */
export const READS_OF_PARTNER: RateLimit = { name: 'institution reads', most: 3000, windowMs: MINUTE_MS };

/** Counts a call of a partner's server. Refuses `too_many_requests`. */
export const takeTurnOf = async (
  { takeTurn }: Pick<CounterPorts, 'takeTurn'>,
  limit: RateLimit,
  { partner }: InstitutionCaller,
): Promise<Result<null>> =>
  (await takeTurn(limit, { kind: 'partner', partner: partner.id }))
    ? { ok: true, value: null }
    : refuse('too_many_requests');

/**
 * A counter that a partner's server speaks for, as the verifier that it is: two counters are two verifiers, and a counter's name means
 * nothing at another server's.
 */
export const counterOf = async (
  ports: CounterPorts,
  { clientId, partner }: InstitutionCaller,
  counter: string,
): Promise<Staff> => ({
  key: ports.counterKeyOf(clientId, counter),
  partner: partner.id,
  shop: clientId,
  terminal: counter,
  role: 'clerk',
  grants: partner.grants,
  quotaUsed: await ports.loadUsedQuotas(partner.id),
});
