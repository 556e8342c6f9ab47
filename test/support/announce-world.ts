import { instant, type Instant } from '../../protocol';
import { nextRevisionOf } from '../../cloudfunctions/_core/card/change-identity';
import type { Identity } from '../../cloudfunctions/_core/card/identity';
import type { Stops } from '../../cloudfunctions/_core/card/stops';
import type { LastingConsent } from '../../cloudfunctions/_core/consents/consent';
import { announceChanges, type AnnouncePorts } from '../../cloudfunctions/_core/notices/announce';
import { DAY_MS } from './notice-world';
import { createNoticeStore, type NoticeStore } from './notice-store';
import { createRandomBytes } from './random-bytes';
import { createShowingWorld, type ShowingWorld } from './showing-world';

/** The ports of `AnnounceWorld` that answer later. */
export const laterAnnouncePorts = [
  ...(['listUnannounced', 'loadIdentity', 'clearUnannounced', 'loadInstitution', 'loadPartner'] as const),
  ...(['loadNoticeLine', 'createNoticeLine', 'replaceNoticeLine'] as const),
] satisfies readonly (keyof AnnouncePorts)[];

/** A card, servers that may ask after it, and their lines. */
export interface AnnounceWorld extends Pick<ShowingWorld, 'clock' | 'identity' | 'identities'> {
  readonly ports: AnnouncePorts & NoticeStore['ports'];
  readonly store: NoticeStore;
  readonly consent: (number: number, client: string, change?: Partial<LastingConsent>) => LastingConsent;
  readonly change: (of: Partial<Omit<Identity, 'revision' | 'untold' | 'unannounced'>>) => void;
  readonly stop: (stops: Stops) => void;
  readonly withdraw: (number: number, at: Instant) => void;
  readonly run: () => Promise<number>;
  /** What waits, as partner and what happened. */
  readonly told: () => readonly string[];
}

export const createAnnounceWorld = (): AnnounceWorld => {
  const { clock, identity, identities, change: put } = createShowingWorld();
  const store = createNoticeStore();
  for (const client of ['bank', 'railway']) store.register(client);
  const consent: AnnounceWorld['consent'] = (number, client, change = {}) => ({
    ...{ number, client, partner: `partner-of-${client}`, purpose: 'bank-account-opening' },
    until: instant(clock.now() + 30 * DAY_MS),
    withdrawnAt: null,
    ...change,
  });
  const { loadIdentity } = identities.ports;
  const ports: AnnounceWorld['ports'] = {
    ...store.ports,
    loadIdentity,
    now: clock.now,
    today: clock.today,
    randomBytes: createRandomBytes(),
    listUnannounced: (after, limit) => {
      const marked = identities.all().flatMap(({ key, unannounced }) => (unannounced ? [key] : []));
      return Promise.resolve(
        marked
          .sort()
          .filter((key) => after === null || key > after)
          .slice(0, limit),
      );
    },
    clearUnannounced: async ({ key, unannounced: { since } }) => {
      const found = await loadIdentity(key);
      if (found?.unannounced?.since !== since) return false;
      identities.put({ ...found, unannounced: null });
      return true;
    },
  };
  put((found) => ({ ...found, consents: [consent(1, 'bank'), consent(2, 'railway')] }));
  const change: AnnounceWorld['change'] = (of) => put((found) => nextRevisionOf(found, of));
  return {
    ...{ clock, identity, identities, ports, store, consent, change },
    stop: (stops) => change({ card: { ...identity().card, stops } }),
    withdraw: (number, at) =>
      change({
        consents: (identity().consents ?? []).map((one) => (one.number === number ? { ...one, withdrawnAt: at } : one)),
      }),
    run: () => announceChanges(ports, instant(clock.now() + 1)),
    told: () =>
      store
        .waiting()
        .map(({ partner, happened }) => `${partner} ${'status' in happened ? happened.status : happened.kind}`)
        .sort(),
  };
};
