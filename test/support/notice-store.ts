import { createHmac } from 'node:crypto';
import { createBlindIndex } from '../../cloudfunctions/_adapters/crypto/blind-index';
import { sha256 } from '../../cloudfunctions/_adapters/crypto/es256';
import { createDrawLineMarks, createDrawNames } from '../../cloudfunctions/_adapters/crypto/holder-names';
import { createNoticeSealing } from '../../cloudfunctions/_adapters/crypto/notice-sealing';
import { createSealing } from '../../cloudfunctions/_adapters/crypto/sealing';
import type { Institution, InstitutionPorts } from '../../cloudfunctions/_core/institutions/institution';
import type { QueueFarewellsPorts, SealFarewellsPorts } from '../../cloudfunctions/_core/notices/farewells';
import type { NoticeLine, Told } from '../../cloudfunctions/_core/notices/notice';
import type { SendNoticesPorts } from '../../cloudfunctions/_core/notices/send-notices';
import type { Partner } from '../../cloudfunctions/_core/partners/partner';
import { deepFreeze } from './freeze';

/** Draws from a data key that is a text of the test's. */
const draw = (dataKey: string, context: string): Buffer => createHmac('sha256', dataKey).update(context).digest();

type LinePorts = Pick<SendNoticesPorts, 'loadNoticeLine' | 'replaceNoticeLine' | 'nextDueClient' | 'loadDueLines'>;

/** Lines of notices, and who hears, in memory: each call is one atomic step. */
export interface NoticeStore {
  readonly ports: LinePorts & QueueFarewellsPorts & SealFarewellsPorts & Pick<SendNoticesPorts, 'openNotice'>;
  readonly lines: () => readonly NoticeLine[];
  /** What waits, opened, first come first. */
  readonly waiting: () => readonly Told[];
  /** Registers a server, or changes where it hears of events. */
  readonly register: (client: string, change?: Partial<Institution>) => void;
  /** Has the partner of every server be that from now on. */
  readonly setPartner: (state: Partner['state']) => void;
}

const institutionOf = (clientId: string): Institution => ({
  ...{ clientId, partner: `partner-of-${clientId}`, state: 'active', keys: [], redirectUris: [] },
  events: { url: `https://${clientId}.example.cn/events` },
});

export const createNoticeStore = (): NoticeStore => {
  const lines = new Map<string, NoticeLine>();
  const institutions = new Map<string, Institution>();
  let partnerState: Partner['state'] = 'active';
  const { ofNoticeLine } = createBlindIndex(new Uint8Array(32).fill(7));
  const sealing = createNoticeSealing(createSealing(new Uint8Array(32).fill(5)));
  const loadPartner: InstitutionPorts['loadPartner'] = (id) =>
    // Of a partner nothing but its state is looked at here.
    Promise.resolve({ id, state: partnerState } as Partner);
  const dueAt = (line: NoticeLine): number => line.dueAt ?? Infinity;
  const due = (at: number): readonly NoticeLine[] => [...lines.values()].filter((line) => dueAt(line) <= at);
  return {
    ports: {
      ...sealing,
      sha256,
      drawNames: createDrawNames({ draw }),
      drawLineMarks: createDrawLineMarks({ draw }),
      noticeLineKeyOf: ofNoticeLine,
      loadInstitution: (client) => Promise.resolve(institutions.get(client) ?? null),
      loadPartner,
      loadNoticeLine: (key) => Promise.resolve(lines.get(key) ?? null),
      createNoticeLine: (created) => {
        if (lines.has(created.key)) return Promise.resolve(false);
        lines.set(created.key, deepFreeze(created));
        return Promise.resolve(true);
      },
      replaceNoticeLine: (prior, next) => {
        const matches = lines.get(prior.key)?.revision === prior.revision;
        if (matches) lines.set(prior.key, deepFreeze(next));
        return Promise.resolve(matches);
      },
      nextDueClient: (after, at) => {
        const clients = due(at).flatMap(({ client }) => (client > after ? [client] : []));
        return Promise.resolve(clients.sort()[0] ?? null);
      },
      loadDueLines: (client, at, limit) => {
        const found = due(at).filter((line) => line.client === client);
        return Promise.resolve(found.sort((one, other) => dueAt(one) - dueAt(other)).slice(0, limit));
      },
    },
    lines: () => [...lines.values()],
    waiting: () => [...lines.values()].flatMap(({ waiting }) => waiting.map(sealing.openNotice)),
    register: (client, change = {}) => {
      institutions.set(client, { ...(institutions.get(client) ?? institutionOf(client)), ...change });
    },
    setPartner: (state) => {
      partnerState = state;
    },
  };
};
