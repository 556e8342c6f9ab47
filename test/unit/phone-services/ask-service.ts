import { createCredential, instant, type PublicKey } from '../../../protocol';
import { content } from '../protocol/credential-support';
import type { FakePhone, FunctionCall } from './fake-wx';
import { cardReply } from './replies';

export const SESSION = 'AAAAAAAAAAAAAAAAAAAAAA';
export const HANDLE = 'AAECAwQFBgcICQoLDA0ODw';
/** Years before the phone's own clock. */
export const SERVER_TIME = 1_795_000_000_000;
export const NONCE = 'n-0S6_WzA2Mj-n-0S6';
export const AUDIENCE = 'jiangnan-bank';

/** What an institution asks, as it is told to the phone that claimed it. */
export const claimReply = (change: object = {}, ofAsk: object = {}) => ({
  ok: true as const,
  partner: { zh: '江南城市银行', en: 'Jiangnan City Bank' },
  terminal: 'jiangnan-bank',
  purpose: 'parcel-pickup' as const,
  claims: ['masked_name', 'masked_number'] as ('masked_name' | 'masked_number' | 'name' | 'number')[],
  portrait: true,
  stepUp: [] as ('fingerprint' | 'face')[],
  ...change,
  ask: {
    bindingMessage: '421 907',
    tier: 'light' as const,
    presentation: null as { nonce: string; audience: string } | null,
    consentDays: 30,
    serverTime: instant(SERVER_TIME),
    expiresAt: instant(SERVER_TIME + 180_000),
    ...ofAsk,
  },
});

/** A credential that says of the card what `cardReply` does. */
export const credentialFor = (holderKey: PublicKey, name = '林晓梅'): string =>
  createCredential({
    ...content,
    holderKey,
    claims: { name, personal_administrative_number: '11010519491231002X', sex: 'female' },
    issuedAt: SERVER_TIME / 1000 - 3600,
  });

export const openedShowing = {
  ok: true,
  serverTime: SERVER_TIME,
  expiresAt: SERVER_TIME + 300_000,
  matchMark: { word: 0, colour: 0 },
};

/** The service's part in answering an ask; a test says otherwise by action. */
export const serveAsk = (
  phone: FakePhone,
  otherwise: Readonly<Record<string, (call: FunctionCall) => unknown>> = {},
) => {
  const replies: Readonly<Record<string, (call: FunctionCall) => unknown>> = {
    claimCounter: () => claimReply(),
    declineAsk: () => ({ ok: true }),
    getCard: () => cardReply(),
    prepareShowing: () => ({ ok: true, handle: HANDLE }),
    openShowing: () => openedShowing,
    answerAsk: () => ({ ok: true, answeredAt: SERVER_TIME + 1000 }),
    ...otherwise,
  };
  phone.answer = (call) => replies[String(call.data['action'])]?.(call);
};

/** What the phone asked of the service, in order. */
export const actionsOf = ({ calls }: FakePhone): unknown[] => calls.map(({ data }) => data['action']);
