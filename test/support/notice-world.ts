import { identityKey, instant, type Instant } from '../../protocol';
import type { LogEntry } from '../../cloudfunctions/_core/log-entry';
import { makeNotices, queueNotices, type ToTell } from '../../cloudfunctions/_core/notices/queue-notices';
import type { Told } from '../../cloudfunctions/_core/notices/notice';
import { sendNotices, type Delivery, type SendNoticesPorts } from '../../cloudfunctions/_core/notices/send-notices';
import type { SealedKey } from '../../cloudfunctions/_core/sealed-key';
import { createClock, type Clock } from './clock';
import { createNoticeStore, type NoticeStore } from './notice-store';
import { createRandomBytes } from './random-bytes';

/** What a server was told, whether it took it or not. */
export interface Heard {
  readonly url: string;
  readonly client: string;
  readonly id: string;
  readonly told: Told;
  readonly at: Instant;
}

type Ports = NoticeStore['ports'] & SendNoticesPorts;

/** Lines of notices, servers that answer as a test says, and a clock. */
export interface NoticeWorld {
  readonly clock: Clock;
  readonly store: NoticeStore;
  readonly ports: Ports;
  readonly heard: readonly Heard[];
  readonly logged: readonly LogEntry[];
  /** Has servers answer so from now on; they take everything until then. */
  readonly answer: (by: (heard: Heard) => Delivery | Promise<Delivery>) => void;
  readonly run: () => Promise<number>;
  /** Queues what is to be told of a holder's change to a server, as it stands then. */
  readonly tell: (
    revision: number,
    to: { readonly holder?: number; readonly client?: string } & Partial<ToTell['happened']>,
  ) => Promise<void>;
}

/** The ports of `NoticeWorld` that answer later. */
export const laterNoticePorts = [
  'loadInstitution',
  'loadPartner',
  'loadNoticeLine',
  'createNoticeLine',
  'replaceNoticeLine',
  'nextDueClient',
  'loadDueLines',
  'deliverNotice',
] as const satisfies readonly (keyof Ports)[];

/** An identity as far as notices are concerned; each number is another. */
export const holderNumber = (number: number) => ({
  key: identityKey(number.toString(16).padStart(64, '0')),
  dataKey: `data key ${number}` as SealedKey,
});

export const taken: Delivery = { kind: 'taken' };
export const away: Delivery = { kind: 'failed', fault: 'unreachable' };

export const DAY_MS = 24 * 60 * 60 * 1000;

/** One run, with as much time as it has. */
export const sendBy = (ports: SendNoticesPorts): Promise<number> =>
  sendNotices(ports, instant(ports.now() + 40 * 1000));

export const createNoticeWorld = (): NoticeWorld => {
  const clock = createClock();
  const store = createNoticeStore();
  store.register('bank');
  const heard: Heard[] = [];
  const logged: LogEntry[] = [];
  let answerBy: (heard: Heard) => Delivery | Promise<Delivery> = () => taken;
  const ports: Ports = {
    ...store.ports,
    now: clock.now,
    randomBytes: createRandomBytes(),
    log: (entry) => void logged.push(entry),
    signNotice: (client, { id }, told) => JSON.stringify({ client, id, told }),
    deliverNotice: async (url, token) => {
      const said = JSON.parse(token) as Pick<Heard, 'client' | 'id' | 'told'>;
      const one = { ...said, url, at: clock.now() };
      heard.push(one);
      return answerBy(one);
    },
  };
  return {
    clock,
    store,
    ports,
    heard,
    logged,
    answer: (by) => {
      answerBy = by;
    },
    run: () => sendBy(ports),
    tell: async (revision, { holder = 1, client = 'bank', ...happened }) => {
      const at = clock.now();
      const until = instant(at + 100 * DAY_MS);
      const consent = { number: 1, client, partner: `partner-of-${client}`, until };
      const said = { kind: 'card-status-changed', status: 'suspended', at, ...happened } as ToTell['happened'];
      const all = [{ consent, happened: said }];
      for (const queued of makeNotices(ports, holderNumber(holder), { revision, at, all }))
        await queueNotices(ports, queued, at);
    },
  };
};
