import { hex, identityKey, type CalendarDate, type IdentityKey, type Instant } from '../../../protocol';
import type { Now, RandomBytes } from '../ambient-ports';
import { statusOn, type Identity } from '../card/identity';
import type { LoadIdentity } from '../card/identity-ports';
import { consentsOf } from '../consents/consent';
import type { InstitutionPorts } from '../institutions/institution';
import { sideBySide } from '../side-by-side';
import { heardNow } from './hearers';
import { makeNotices, queueNotices, type MakeNoticesPorts, type QueuePorts, type ToTell } from './queue-notices';

/** An identity of which institutions are to hear something. */
export type Unheard = Identity & { readonly unannounced: NonNullable<Identity['unannounced']> };

/** Keys of identities of which institutions are to hear something, in order: the first after that one, or of all. */
export type ListUnannounced = (after: IdentityKey | null, limit: number) => Promise<readonly IdentityKey[]>;
/** Takes the mark off an identity that has not been marked since, in one conditional write. @returns false where it has */
export type ClearUnannounced = (identity: Unheard) => Promise<boolean>;

export interface AnnouncePorts extends MakeNoticesPorts, QueuePorts, InstitutionPorts {
  readonly now: Now;
  readonly today: () => CalendarDate;
  readonly randomBytes: RandomBytes;
  readonly listUnannounced: ListUnannounced;
  readonly loadIdentity: LoadIdentity;
  readonly clearUnannounced: ClearUnannounced;
}

/** What is to be told of an identity's consents: to those that live how the card stands, to the others that they were withdrawn. */
export const toTellOf = (
  { consents, unannounced }: Pick<Identity, 'consents' | 'unannounced'>,
  status: Extract<ToTell['happened'], { readonly kind: 'card-status-changed' }> | null,
): readonly ToTell[] =>
  (consents ?? []).flatMap((consent): readonly ToTell[] => {
    const { withdrawnAt: at } = consent;
    if (at === null) return status ? [{ consent, happened: status }] : [];
    const isNews = unannounced?.withdrawn.includes(consent.number) === true;
    return isNews ? [{ consent, happened: { kind: 'consent-withdrawn', at } }] : [];
  });

const isUnheard = (identity: Identity): identity is Unheard => identity.unannounced !== null;

/** @returns whether there was something: what was deleted or announced meanwhile is nobody's to announce */
const announce = async (ports: AnnouncePorts, key: IdentityKey): Promise<boolean> => {
  const identity = await ports.loadIdentity(key);
  if (!identity || !isUnheard(identity)) return false;
  const at = ports.now();
  const { since, isCard } = identity.unannounced;
  const status = isCard
    ? ({ kind: 'card-status-changed', status: statusOn(identity.card, ports.today()), at } as const)
    : null;
  const all = await heardNow(ports, toTellOf({ ...identity, consents: consentsOf(identity, at) }, status));
  for (const queued of makeNotices(ports, identity, { revision: since, at, all }))
    await queueNotices(ports, queued, at);
  await ports.clearUnannounced(identity);
  return true;
};

/** Of how many identities one run knows, and how many it announces at the same time; what is left is the next run's. */
const IDENTITIES = 1000;
const AT_ONCE = 8;

/** Whom a run announces: from another one on each time, so that runs beside each other meet late, and nobody's turn is always last. */
const unheardKeys = async ({ randomBytes, listUnannounced }: AnnouncePorts): Promise<readonly IdentityKey[]> => {
  const from = identityKey(hex(randomBytes(32)));
  const after = await listUnannounced(from, IDENTITIES);
  const left = IDENTITIES - after.length;
  const before = left > 0 ? await listUnannounced(null, left) : [];
  return [...after, ...before.filter((key) => key <= from)];
};

/**
 * Has institutions' servers hear of what changed: puts it into their lines, then takes the mark off. Interrupted between the two it is done
 * again, and queued once; a change that comes meanwhile keeps its mark. An identity that cannot be read keeps no other from being announced.
 * @param until when it begins with none any more: what is left is the next run's
 * @returns of how many identities
 * @throws the first failure, once all have had their turn
 */
export const announceChanges = async (ports: AnnouncePorts, until: Instant): Promise<number> => {
  let announced = 0;
  await sideBySide(await unheardKeys(ports), AT_ONCE, async (key) => {
    if (ports.now() < until && (await announce(ports, key))) announced += 1;
  });
  return announced;
};
