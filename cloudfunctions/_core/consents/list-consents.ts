import type { AccountKey, ListConsentsReply } from '../../../protocol';
import type { Now } from '../ambient-ports';
import type { LoadIdentityOfAccount } from '../card/identity-ports';
import { done, refuse, type Result } from '../result';
import type { LoadPartners } from '../showing/partner';
import { consentsOf, type LastingConsent } from './consent';

export interface ListConsentsPorts {
  readonly now: Now;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
  readonly loadPartners: LoadPartners;
}

/**
 * Who may ask after the caller's card, the newest consent first; of several of one partner for one purpose the last, which ends last.
 * Refuses `not_found` where the account has no card.
 */
export const listConsents = async (
  ports: ListConsentsPorts,
  account: AccountKey,
): Promise<Result<ListConsentsReply>> => {
  const identity = await ports.loadIdentityOfAccount(account);
  if (!identity) return refuse('not_found');
  const living = consentsOf(identity, ports.now()).filter(({ withdrawnAt }) => withdrawnAt === null);
  const last = new Map(living.map((one): [string, LastingConsent] => [`${one.partner} ${one.purpose}`, one]));
  const listed = [...last.values()].sort((one, other) => other.number - one.number);
  const partners = await ports.loadPartners([...new Set(listed.map(({ partner }) => partner))]);
  return done({
    ok: true,
    consents: listed.map(({ number, partner, purpose, until }) => ({
      ...{ number, purpose, until },
      // One whose record is gone is still named, by what it was registered as.
      partner: partners.get(partner)?.names ?? { zh: partner, en: partner },
    })),
  });
};
