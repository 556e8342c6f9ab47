import { isPastSigning, type AccountKey, type Instant, type KeyStanding, type ListKeysReply } from '../../../protocol';
import type { Now } from '../ambient-ports';
import { done, type Result } from '../result';
import { asOperator, type OperatorPorts } from './operator';

/** A key of the service's own, by all that may be told of it. */
export interface DescribedKey {
  readonly kid: string;
  /** From when on it signs, and the first instant at which nothing that it signed holds any more. */
  readonly from: Instant;
  readonly to: Instant;
  readonly standing: KeyStanding;
}

/** The keys that sign cards and their status. */
export interface CardKeyPorts {
  readonly describeCardKeys: (now: Instant) => readonly DescribedKey[];
}

/** Whether a card of that key would get its next credential from the same one: nothing is gained by its renewal. */
export const isStillSigning = ({ describeCardKeys }: CardKeyPorts, kid: string, now: Instant): boolean =>
  describeCardKeys(now).some((key) => key.kid === kid && !isPastSigning(key.standing));

export interface ListKeysPorts extends OperatorPorts, CardKeyPorts {
  readonly now: Now;
  /** The keys that sign receipts. */
  readonly describeReceiptKeys: (now: Instant) => readonly DescribedKey[];
  /** How many cards that this key signed wait for a new credential. */
  readonly countQueued: (kid: string) => Promise<number>;
}

/** Each of the service's own keys, how it stands, and how many cards wait for another. Refuses `not_permitted`. */
export const listKeys = (ports: ListKeysPorts, account: AccountKey): Promise<Result<ListKeysReply>> =>
  asOperator(ports, account, 'seeKeys', async () => {
    const now = ports.now();
    const ofCards = await Promise.all(
      ports
        .describeCardKeys(now)
        .map(async (key) => ({ ...key, use: 'cards' as const, queued: await ports.countQueued(key.kid) })),
    );
    const ofReceipts = ports.describeReceiptKeys(now).map((key) => ({ ...key, use: 'receipts' as const, queued: 0 }));
    return done({ ok: true, keys: [...ofCards, ...ofReceipts] });
  });
