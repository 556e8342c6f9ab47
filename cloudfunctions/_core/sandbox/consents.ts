import { instant, type IdentityKey } from '../../../protocol';
import type { TellHolder } from '../asks/read-ask';
import { consentEnd, type FindConsent } from '../consents/consent';
import { KEPT_MS, type SandboxStore } from './sandbox-store';
import { testPersonOf } from './test-persons';

/** How long after telling a test person withdraws who is there for that, in milliseconds. */
const WITHDRAWN_MS = 5000;

/** Keeps what a test person consents to with an answer that lasts: the service keeps it with the card. */
export const tellingConsents =
  (store: SandboxStore, tell: TellHolder): TellHolder =>
  async (partner, release) => {
    const { purpose, facts } = release.answer;
    const until = consentEnd(purpose, facts.redeemedAt);
    if (until)
      await store.addConsent(release.identity, partner, { purpose, until, givenAt: instant(facts.redeemedAt) });
    return tell(partner, release);
  };

/** The consent that was kept with an answer, whatever becomes of it. */
export const findGiven =
  (store: SandboxStore): FindConsent =>
  async ({ key }, partner, { until, at }) => {
    const given = at < until ? await store.findConsent(key, partner, until) : null;
    return given && { ...given, withdrawnAt: null };
  };

const withdraws = (key: IdentityKey): boolean => testPersonOf(key)?.withdraws ?? false;

/** The same as it stands later: who is there to withdraw has done so. */
export const findConsentLater =
  (store: SandboxStore): FindConsent =>
  async (person, partner, when) => {
    const given = await store.findConsent(person.key, partner, when.until);
    if (!given || given.givenAt + KEPT_MS <= when.at || when.until <= when.at) return null;
    const withdrawnAt = instant(given.givenAt + WITHDRAWN_MS);
    return { ...given, withdrawnAt: withdraws(person.key) && withdrawnAt <= when.at ? withdrawnAt : null };
  };
