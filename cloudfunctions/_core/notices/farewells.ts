import type { DeletionId, Instant } from '../../../protocol';
import type { Identity } from '../card/identity';
import { consentsOf } from '../consents/consent';
import type { InstitutionPorts } from '../institutions/institution';
import type { SealedKey } from '../sealed-key';
import { toTellOf } from './announce';
import { heardNow } from './hearers';
import { makeNotices, queueNotices, type MakeNoticesPorts, type Queued, type QueuePorts } from './queue-notices';

/** What institutions are to hear of a deletion, sealed as a whole: it says whose customer the deleted person was. */
export interface Farewells {
  readonly dataKey: SealedKey;
  readonly sealed: string;
}

export interface SealFarewellsPorts extends MakeNoticesPorts, InstitutionPorts {
  readonly sealFarewells: (id: DeletionId, all: readonly Queued[]) => Farewells;
}

/**
 * Makes what institutions are to hear of an identity that is being deleted, by names that its data key draws for the last time: to whom it
 * consented, the card's reference is `unknown` from then on.
 * @param erasure.revision the revision that erases
 * @returns null where nobody is to hear of it
 */
export const farewellsOf = async (
  ports: SealFarewellsPorts,
  identity: Identity,
  { id, deletedAt: at, revision }: { readonly id: DeletionId; readonly deletedAt: Instant; readonly revision: number },
): Promise<Farewells | null> => {
  const status = { kind: 'card-status-changed', status: 'unknown', at } as const;
  const all = await heardNow(ports, toTellOf({ ...identity, consents: consentsOf(identity, at) }, status));
  return all.length > 0 ? ports.sealFarewells(id, makeNotices(ports, identity, { revision, at, all })) : null;
};

export interface QueueFarewellsPorts extends QueuePorts {
  /** @throws Error where they are of another deletion */
  readonly openFarewells: (id: DeletionId, farewells: Farewells) => readonly Queued[];
}

/** Has the farewells of a deletion wait to be told; done again, they wait once. */
export const queueFarewells = async (
  ports: QueueFarewellsPorts,
  {
    id,
    deletedAt,
    farewells,
  }: { readonly id: DeletionId; readonly deletedAt: Instant; readonly farewells?: Farewells },
): Promise<void> => {
  if (!farewells) return;
  for (const queued of ports.openFarewells(id, farewells)) await queueNotices(ports, queued, deletedAt);
};
