import { randomBytes } from 'node:crypto';
import {
  base64urlEncode,
  cardId,
  createCounterCode,
  eventId,
  identityKey,
  instant,
  sessionHandle,
  type ErrorCode,
  type SessionHandle,
  type VerificationAnswer,
} from '../../../protocol';
import type { AskStanding, DeclineSession, EraseRelease, Release } from '../../../cloudfunctions/_core/asks/ask';
import type { AskOrder, OpenAsk } from '../../../cloudfunctions/_core/asks/open-ask';
import type { ReadAsk, TellHolder, ToldHolder } from '../../../cloudfunctions/_core/asks/read-ask';
import { refuse } from '../../../cloudfunctions/_core/result';
import type { Clock } from '../clock';

/** An ask as the provider has opened it. */
export interface FakeAsk {
  readonly session: SessionHandle;
  readonly clientId: string;
  readonly order: AskOrder;
  standing: AskStanding;
}

/** Asks in memory, in the place of the core's. */
export interface FakeAsks {
  readonly ports: {
    readonly openAsk: OpenAsk;
    readonly readAsk: ReadAsk;
    readonly tellHolder: TellHolder;
    readonly eraseRelease: EraseRelease;
    readonly declineSession: DeclineSession;
  };
  readonly opened: readonly FakeAsk[];
  /** The ask that was opened last. @throws Error where none was */
  readonly last: () => FakeAsk;
  /** Has the next asks refused; null for no longer. */
  readonly refuseWith: (code: ErrorCode | null) => void;
  /** Who the holder of every release is; null where the account was deleted. */
  holder: ToldHolder | null;
}

export const HOLDER: ToldHolder = {
  holderName: 'a-holder',
  lasting: { reference: 'R'.repeat(86), until: instant(Date.parse('2027-03-10T02:00:00.000Z')) },
  verifiedAt: Date.parse('2026-01-02T03:04:05.678Z'),
};

/** What a holder has told a bank, but for what is given otherwise. */
export const releaseOf = (otherwise: Partial<VerificationAnswer> = {}, presentation: string | null = null): Release => {
  const at = instant(Date.parse('2026-03-10T02:00:00.000Z'));
  const answer: VerificationAnswer = {
    eventId: eventId('0123456789abcdef0123456789abcdef'),
    purpose: 'bank-account-opening',
    mode: 'asked',
    tier: 'full',
    stepUp: ['fingerprint', 'face'],
    facts: { signatureValidAt: at, codeMadeAt: at, redeemedAt: at, status: 'valid', statusAsOf: at },
    claims: { name: '林晓梅', sex: 'female', address: '浙江省杭州市云栖里路218号', birthdate: '1990-01-02' },
    portrait: 'cG9ydHJhaXQ=',
    matchMark: { word: 0, colour: 0 },
    receipt: 'head.body.signature',
    ...otherwise,
  };
  return { identity: identityKey('a'.repeat(64)), card: cardId('c'.repeat(32)), answer, presentation };
};

export const createFakeAsks = (clock: Clock): FakeAsks => {
  const opened: FakeAsk[] = [];
  const bySession = (session: SessionHandle) => opened.find((one) => one.session === session);
  let refusal: ErrorCode | null = null;
  const asks: FakeAsks = {
    opened,
    holder: HOLDER,
    last: () => {
      const last = opened.at(-1);
      if (!last) throw new Error('nobody was asked');
      return last;
    },
    refuseWith: (code) => {
      refusal = code;
    },
    ports: {
      openAsk: ({ clientId }, order) => {
        if (refusal !== null) return Promise.resolve(refuse(refusal));
        const session = sessionHandle(base64urlEncode(randomBytes(16)));
        opened.push({ session, clientId, order, standing: { kind: 'waiting', isClaimed: false } });
        const told = {
          session,
          code: createCounterCode(session),
          bindingMessage: order.bindingMessage ?? '123 456',
          expiresAt: instant(clock.now() + (order.lifeMs ?? 300_000)),
        };
        return Promise.resolve({ ok: true, value: told });
      },
      readAsk: ({ clientId }, session) => {
        const found = bySession(session);
        return Promise.resolve(found?.clientId === clientId ? found.standing : { kind: 'over' });
      },
      tellHolder: () => Promise.resolve(asks.holder),
      eraseRelease: (session) => {
        const found = bySession(session);
        if (found?.standing.kind === 'answered') found.standing = { kind: 'over' };
        return Promise.resolve();
      },
      declineSession: (session) => {
        const found = bySession(session);
        if (found?.standing.kind !== 'waiting') return Promise.resolve(false);
        found.standing = { kind: 'declined' };
        return Promise.resolve(true);
      },
    },
  };
  return asks;
};
