import {
  base64urlEncode,
  hex,
  instant,
  PASS_LIFE_S,
  PASS_TIME_GRAIN_S,
  passId,
  spellClaims,
  verifyPassKeys,
  type AccountKey,
  type CalendarDate,
  type FetchPassesReply,
  type FetchPassesRequest,
  type Instant,
  type Openings,
  type PassFacts,
  type PreparePassesReply,
  type PublicKey,
  type Refusal,
  type VerifySignature,
} from '../../../protocol';
import { maskName, maskNumber } from '../../../protocol';
import type { Now, RandomBytes } from '../ambient-ports';
import { changeIdentity, nextRevisionOf, withEvent, type ChangeIdentityPorts } from '../card/change-identity';
import { isOfAge, PREPARED_LIFE_MS, statusOn, type Identity, type PassAllowance } from '../card/identity';
import type { LoadIdentityOfAccount } from '../card/identity-ports';
import type { Result } from '../result';
import type { IssuePass, KeepIssuedPasses } from './pass-ports';

export interface PreparePassesPorts extends ChangeIdentityPorts {
  readonly now: Now;
  readonly today: () => CalendarDate;
  readonly randomBytes: RandomBytes;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
}

export interface FetchPassesPorts extends PreparePassesPorts {
  readonly verifySignature: VerifySignature;
  readonly issuePass: IssuePass;
  readonly keepIssuedPasses: KeepIssuedPasses;
}

/** How many passes a card is given on one day in China: five fetches of ten. */
export const PASSES_A_DAY = 50;

const DAY_MS = 24 * 60 * 60 * 1000;

const refused = (code: Refusal['code']): { readonly kind: 'refused'; readonly error: Refusal } => ({
  kind: 'refused',
  error: { code },
});

const issuedOn = ({ passes }: Identity, today: CalendarDate): number => (passes?.day === today ? passes.issued : 0);

/**
 * Gives the nonce that the holder's key signs together with the keys of the passes.
 * Refuses `not_found`, `wrong_step`, `card_not_active` for a card that is not valid, `too_many_tries` where the day's are given out.
 */
export const preparePasses = (ports: PreparePassesPorts, account: AccountKey): Promise<Result<PreparePassesReply>> =>
  changeIdentity(
    ports,
    () => ports.loadIdentityOfAccount(account),
    (identity) => {
      const today = ports.today();
      if (statusOn(identity.card, today) !== 'valid') return refused('card_not_active');
      const issued = issuedOn(identity, today);
      if (issued >= PASSES_A_DAY) return refused('too_many_tries');
      const nonce = base64urlEncode(ports.randomBytes(16));
      const passes: PassAllowance = { day: today, issued, prepared: { nonce, at: ports.now() } };
      return { kind: 'changed', next: nextRevisionOf(identity, { passes }), value: { ok: true, nonce } };
    },
  );

/** When passes that are issued now end, in seconds: after a day, or with the card's last day in China. */
const endOf = ({ card }: Identity, issuedAt: number): number =>
  Math.min(issuedAt + PASS_LIFE_S, (Date.parse(`${card.validTo}T00:00:00+08:00`) + DAY_MS) / 1000);

const factsOf = ({ person }: Identity, today: CalendarDate): PassFacts => ({
  masked_name: maskName(person.name),
  masked_number: maskNumber(person.number),
  age_over_18: isOfAge(person, 18, today),
});

/** The claims under three fresh salts. */
const salted = (facts: PassFacts, randomBytes: RandomBytes): Openings => {
  const [name, number, age] = spellClaims(facts);
  return [
    { salt: randomBytes(16), value: name },
    { salt: randomBytes(16), value: number },
    { salt: randomBytes(16), value: age },
  ];
};

/** One pass for each key, with an id and salts of its own; each is written down before it can be handed out. */
const issue = async (
  ports: FetchPassesPorts,
  identity: Identity,
  keys: readonly PublicKey[],
  at: Instant,
): Promise<FetchPassesReply> => {
  const { card } = identity;
  const issuedAt = Math.floor(at / 1000 / PASS_TIME_GRAIN_S) * PASS_TIME_GRAIN_S;
  const expiresAt = endOf(identity, issuedAt);
  const claims = factsOf(identity, ports.today());
  const made = keys.map((key) => {
    const id = ports.randomBytes(16);
    const openings = salted(claims, ports.randomBytes);
    const pass = ports.issuePass({ id, issuedAt, expiresAt, tier: card.tier, key, openings });
    return { id: passId(hex(id)), pass, openings };
  });
  const end = instant(expiresAt * 1000);
  await ports.keepIssuedPasses(made.map(({ id }) => ({ id, identity: identity.key, card: card.id, expiresAt: end })));
  return {
    ok: true,
    serverTime: at,
    issuedAt: instant(issuedAt * 1000),
    expiresAt: end,
    claims,
    passes: made.map(({ pass, openings }) => ({
      pass: base64urlEncode(pass),
      salts: openings.map(({ salt }) => base64urlEncode(salt)),
    })),
  };
};

/** What is prepared, where it can still be used. */
const preparedNonce = ({ passes }: Identity, now: Instant): string | null =>
  passes?.prepared && passes.prepared.at + PREPARED_LIFE_MS >= now ? passes.prepared.nonce : null;

/**
 * Issues a pass for each key that the holder's key vouches for, once for each nonce, and writes into the history how many. Passes of
 * a call that was overtaken are never handed out.
 * Refuses `not_found`, `wrong_step` where no fresh nonce is prepared, `key_proof_invalid`, `card_not_active`, and `too_many_tries`
 * where they would be more than a day's.
 */
export const fetchPasses = (
  ports: FetchPassesPorts,
  account: AccountKey,
  request: FetchPassesRequest,
): Promise<Result<FetchPassesReply>> =>
  changeIdentity(
    ports,
    () => ports.loadIdentityOfAccount(account),
    async (identity) => {
      const at = ports.now();
      const today = ports.today();
      const nonce = preparedNonce(identity, at);
      if (nonce === null) return refused('wrong_step');
      const { holderKey } = identity.card;
      const proved = verifyPassKeys(request.keys, { holderKey, expectedNonce: nonce, verify: ports.verifySignature });
      if (!proved.ok) return refused('key_proof_invalid');
      if (statusOn(identity.card, today) !== 'valid') return refused('card_not_active');
      const count = proved.keys.length;
      const issued = issuedOn(identity, today) + count;
      if (issued > PASSES_A_DAY) return refused('too_many_tries');

      const reply = await issue(ports, identity, proved.keys, at);
      const passes: PassAllowance = { day: today, issued, prepared: null };
      const happening = { kind: 'passes_issued', count, expiresAt: instant(reply.expiresAt) } as const;
      const next = withEvent(ports.sealEvent, nextRevisionOf(identity, { passes }), { at, happening });
      return { kind: 'changed', next, value: reply };
    },
  );
