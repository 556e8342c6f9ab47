import type { CalendarDate } from '../../../protocol';
import type { Now } from '../ambient-ports';
import { statusOn, type Identity } from '../card/identity';
import { consentsOf } from '../consents/consent';
import type { InstitutionPorts } from '../institutions/institution';
import { oneByOne } from '../one-by-one';
import { heardNow } from './hearers';
import { makeNotices, queueNotices, type MakeNoticesPorts, type QueuePorts, type ToTell } from './queue-notices';

/** An identity of which institutions are to hear something. */
export type Unheard = Identity & { readonly unannounced: NonNullable<Identity['unannounced']> };

/** Identities of which institutions are to hear something. */
export type LoadUnannounced = (limit: number) => Promise<readonly Unheard[]>;
/** Takes the mark off an identity that has not been marked since, in one conditional write. @returns false where it has */
export type ClearUnannounced = (identity: Unheard) => Promise<boolean>;

export interface AnnouncePorts extends MakeNoticesPorts, QueuePorts, InstitutionPorts {
  readonly now: Now;
  readonly today: () => CalendarDate;
  readonly loadUnannounced: LoadUnannounced;
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

const announce = async (ports: AnnouncePorts, identity: Unheard): Promise<void> => {
  const at = ports.now();
  const { since, isCard } = identity.unannounced;
  const status = isCard
    ? ({ kind: 'card-status-changed', status: statusOn(identity.card, ports.today()), at } as const)
    : null;
  const all = await heardNow(ports, toTellOf({ ...identity, consents: consentsOf(identity, at) }, status));
  for (const queued of makeNotices(ports, identity, { revision: since, at, all }))
    await queueNotices(ports, queued, at);
  await ports.clearUnannounced(identity);
};

/** Identities at a time, and how many times in one run: what is left is the next run's. */
const PAGE = 50;
const PAGES = 20;

/**
 * Has institutions' servers hear of what changed: puts it into their lines, then takes the mark off. Interrupted between the two it is done
 * again, and queued once; a change that comes meanwhile keeps its mark.
 * @returns of how many identities
 */
export const announceChanges = async (ports: AnnouncePorts): Promise<number> => {
  let announced = 0;
  for (let pages = 0; pages < PAGES; pages += 1) {
    const page = await ports.loadUnannounced(PAGE);
    await oneByOne(page, (identity) => announce(ports, identity));
    announced += page.length;
    if (page.length < PAGE) break;
  }
  return announced;
};
