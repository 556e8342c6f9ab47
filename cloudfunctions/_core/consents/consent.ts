import { instant, purposeTable, type IdentityKey, type Instant, type PurposeId } from '../../../protocol';

/** A consent that an institution may ask after the card for a while, given with the answer to an ask. */
export interface LastingConsent {
  /** Of the history's entry that it was given with. */
  readonly number: number;
  /** The server that asked; its partner's other servers may ask after the card too. */
  readonly client: string;
  readonly partner: string;
  readonly purpose: PurposeId;
  /** When it ends, to the second: the reference that was given with it says the same. */
  readonly until: Instant;
  /** Null while the holder has not withdrawn it. */
  readonly withdrawnAt: Instant | null;
}

/**
 * How many consents to one partner for one purpose are kept, so that whoever is asked again and again keeps no more; the oldest gives way, and
 * its reference ends. Withdrawals that the partner was not told of yet stay beside them.
 */
export const CONSENTS_MOST = 8;
/**
 * How many are kept of one person, all told; the oldest gives way. Each took the holder's hand, and most a finger. Where all of them are
 * withdrawals that nobody was told of yet, the newest does: its answer gives nothing that lasts.
 */
const CONSENTS_OF_PERSON = 256;

const DAY_MS = 24 * 60 * 60 * 1000;

/** When a consent ends that was given with an answer, to the second; null where it was for this once. */
export const consentEnd = (purpose: PurposeId, givenAt: number): Instant | null => {
  const { consentDays } = purposeTable[purpose];
  return consentDays === 0 ? null : instant(Math.floor(givenAt / 1000) * 1000 + consentDays * DAY_MS);
};

/** Who keeps consents; absent where there are none. */
export interface Consenting {
  readonly consents?: readonly LastingConsent[];
}

/** The same, with the withdrawals that institutions were not told of yet. */
export interface Announcing extends Consenting {
  readonly unannounced: { readonly withdrawn: readonly number[] } | null;
}

/** What was consented to and has not ended, withdrawn or not. */
export const consentsOf = ({ consents = [] }: Consenting, at: Instant): readonly LastingConsent[] =>
  consents.filter(({ until }) => at < until);

const isAlike = (one: LastingConsent, other: Pick<LastingConsent, 'partner' | 'purpose'>): boolean =>
  one.partner === other.partner && one.purpose === other.purpose;

/** Those that give way where no more than so many are kept. */
const oldestOf = (consents: readonly LastingConsent[], most: number): readonly LastingConsent[] =>
  consents.slice(0, Math.max(0, consents.length - most));

/**
 * What a check changes of the consents: what has ended goes, and one that was given with it comes. Those that its partner has for the purpose
 * already go on to their own ends: what it was told with the newest may have been lost on its way. A withdrawal stays until it was announced.
 * @param given what an ask's answer consents to; null of any other check
 */
export const consentsAfterCheck = (
  identity: Announcing,
  given: Pick<LastingConsent, 'number' | 'client' | 'partner' | 'purpose'> | null,
  at: Instant,
): Consenting => {
  const present = consentsOf(identity, at);
  const until = given && consentEnd(given.purpose, at);
  if (!given || !until) return present.length === (identity.consents ?? []).length ? {} : { consents: present };
  const { withdrawn: untold = [] } = identity.unannounced ?? {};
  const mayGo = ({ number }: LastingConsent): boolean => !untold.includes(number);
  const all = [...present, { ...given, until, withdrawnAt: null }];
  const alike = all.filter((one) => isAlike(one, given) && mayGo(one));
  const tooMany = oldestOf(alike, CONSENTS_MOST);
  const kept = all.filter((one) => !tooMany.includes(one));
  const going = kept.filter(mayGo);
  const tooOld = oldestOf(going, CONSENTS_OF_PERSON - (kept.length - going.length));
  return { consents: kept.filter((one) => !tooOld.includes(one)) };
};

/**
 * The consents after the holder has withdrawn the one of that number: with it all that its partner has for that purpose, so that what is
 * withdrawn is the permission and not one name of it.
 * @returns null where that one does not live: withdrawn, ended, or none
 */
export const withoutConsent = (
  identity: Consenting,
  number: number,
  at: Instant,
): { readonly consents: readonly LastingConsent[]; readonly withdrawn: LastingConsent } | null => {
  const present = consentsOf(identity, at);
  const withdrawn = present.find((one) => one.number === number);
  if (withdrawn?.withdrawnAt !== null) return null;
  const consents = present.map((one) =>
    isAlike(one, withdrawn) && one.withdrawnAt === null ? { ...one, withdrawnAt: at } : one,
  );
  return { consents, withdrawn };
};

/** What is told of a consent to whoever has a reference. */
export type ToldConsent = Pick<LastingConsent, 'purpose' | 'until' | 'withdrawnAt'>;

/** Finds the consent that a partner's reference came with, as `consentBehind` does. */
export type FindConsent = (
  identity: Consenting & { readonly key: IdentityKey },
  partner: string,
  when: { readonly until: Instant; readonly at: Instant },
) => Promise<ToldConsent | null>;

/** The consent by which a partner may ask until that very second, withdrawn or not; null where there is none, or no more. */
const consentBehind = (
  identity: Consenting,
  partner: string,
  { until, at }: { readonly until: Instant; readonly at: Instant },
): LastingConsent | null => {
  const meant = consentsOf(identity, at).filter((one) => one.partner === partner && one.until === until);
  return meant.find(({ withdrawnAt }) => withdrawnAt === null) ?? meant[0] ?? null;
};

/** Finds it where it is kept: with the identity. */
export const findKeptConsent: FindConsent = (identity, partner, when) =>
  Promise.resolve(consentBehind(identity, partner, when));
