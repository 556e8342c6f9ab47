import {
  ALIAS_LIFE_S,
  allowsAlias,
  createAlias,
  instant,
  type AccountKey,
  type AliasShowingReply,
  type CalendarDate,
} from '../../../protocol';
import type { Now, RandomBytes } from '../ambient-ports';
import { changeIdentity, nextRevisionOf, type ChangeIdentityPorts } from '../card/change-identity';
import { statusOn } from '../card/identity';
import type { LoadIdentityOfAccount } from '../card/identity-ports';
import { refuse, type Result } from '../result';

export interface AliasShowingPorts extends ChangeIdentityPorts {
  readonly now: Now;
  readonly today: () => CalendarDate;
  readonly randomBytes: RandomBytes;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
}

const refused = (code: Parameters<typeof refuse>[0]) => ({ kind: 'refused', error: refuse(code).error }) as const;

/**
 * Gives the open showing a number for scanners of bar codes; the number before it is worth nothing from then on.
 * Refuses `not_found`, `card_not_active`, `wrong_step` where no showing is open, and `counter_needed` where the purpose is no light
 * task that the card is shown for.
 */
export const aliasShowing = (ports: AliasShowingPorts, account: AccountKey): Promise<Result<AliasShowingReply>> =>
  changeIdentity(
    ports,
    () => ports.loadIdentityOfAccount(account),
    (identity) => {
      const { showing, card } = identity;
      const madeAt = ports.now();
      if (statusOn(card, ports.today()) !== 'valid') return refused('card_not_active');
      if (showing?.state !== 'open' || showing.expiresAt <= madeAt) return refused('wrong_step');
      if (showing.counter || !allowsAlias(showing.purpose)) return refused('counter_needed');
      const text = createAlias(ports.randomBytes);
      const next = nextRevisionOf(identity, { showing: { ...showing, alias: { text, madeAt } } });
      const expiresAt = instant(Math.min(showing.expiresAt, madeAt + ALIAS_LIFE_S * 1000));
      return { kind: 'changed', next, value: { ok: true, alias: text, serverTime: madeAt, expiresAt } };
    },
  );
