import type { ErrorCode, IdentityKey } from '../../../protocol';
import { adultKey, testPersons } from './test-persons';

interface Names {
  readonly zh: string;
  readonly en: string;
}

/** What a test person does about an ask, or becomes of it. */
export type Happens =
  | { readonly kind: 'tells'; readonly person: IdentityKey }
  | { readonly kind: 'declines' }
  /** Nobody answers; where it is claimed, somebody has scanned it before. */
  | { readonly kind: 'waits'; readonly isClaimed: boolean }
  | { readonly kind: 'hindered'; readonly code: ErrorCode };

interface AskOutcome {
  /** How the page of outcomes names it. */
  readonly id: string;
  /** The nine digits that force it, as `login_hint` of CIBA. */
  readonly number: string;
  readonly names: Names;
  /** After how many milliseconds it happens. */
  readonly afterMs: number;
  /** For how many milliseconds each poll hears to slow down. */
  readonly slowMs: number;
  readonly happens: Happens;
}

/** Who asks so is refused at once. */
interface RefusedAsk {
  readonly number: string;
  readonly names: Names;
  readonly code: ErrorCode;
}

/** What a code that is handed in comes to. */
type CodeOutcome = { readonly code: string; readonly names: Names } & (
  { readonly person: IdentityKey } | { readonly refused: ErrorCode }
);

/** How long a test person takes to answer, in milliseconds: less than the first poll of a client that keeps to the interval. */
const SOON_MS = 3000;
/** The same of somebody who thinks about it: two polls are told to wait. */
const LATE_MS = 12_000;

const numberOf = (end: number): string => `9000000${String(end).padStart(2, '0')}`;
const agrees = ({ en, zh }: Names): Names => ({ en: `${en}: agrees`, zh: `${zh}：同意` });

const told = testPersons.map(({ id, key, names }, at): AskOutcome => ({
  ...{ id, number: numberOf(at + 1), names: agrees(names), afterMs: SOON_MS, slowMs: 0 },
  happens: { kind: 'tells', person: key },
}));
const adultTells: Happens = { kind: 'tells', person: adultKey };

const hindered = (end: number, code: ErrorCode, names: Names): AskOutcome => ({
  ...{ id: code.replaceAll('_', '-'), number: numberOf(end), names, afterMs: SOON_MS, slowMs: 0 },
  happens: { kind: 'hindered', code },
});

/** What can become of an ask. Every other number is one that leads to nobody: the ask waits in vain, as for a number that was misheard. */
export const askOutcomes: readonly AskOutcome[] = [
  ...told,
  {
    ...{ id: 'late', number: numberOf(10), afterMs: LATE_MS, slowMs: 0, happens: adultTells },
    names: { zh: '成年人：想一会儿才同意', en: 'an adult: agrees after a while' },
  },
  {
    ...{ id: 'slow-down', number: numberOf(11), afterMs: SOON_MS, slowMs: LATE_MS, happens: adultTells },
    names: { zh: '成年人：同意；查询先被要求放慢', en: 'an adult: agrees; polls are told to slow down first' },
  },
  {
    ...{ id: 'declines', number: numberOf(20), afterMs: SOON_MS, slowMs: 0, happens: { kind: 'declines' } },
    names: { zh: '拒绝', en: 'declines' },
  },
  {
    ...{ id: 'nobody', number: numberOf(21), afterMs: 0, slowMs: 0, happens: { kind: 'waits', isClaimed: false } },
    names: { zh: '没有人理会', en: 'nobody looks at it: it expires' },
  },
  {
    ...{ id: 'silent', number: numberOf(22), afterMs: SOON_MS, slowMs: 0, happens: { kind: 'waits', isClaimed: true } },
    names: { zh: '扫码后一直不回答', en: 'scans it and never answers: it expires' },
  },
  hindered(30, 'card_not_active', { zh: '卡片停用、撤销或到期', en: 'the card is suspended, revoked or has expired' }),
  hindered(31, 'tier_too_low', { zh: '卡片级别不够', en: 'the card is of a lower tier than is asked for' }),
  hindered(32, 'card_limited', {
    zh: '卡片刚换手机，受限一天',
    en: 'the card came to another phone less than a day ago',
  }),
  hindered(33, 'fingerprint_not_bound', { zh: '未绑定指纹', en: 'no fingerprint is bound to the card' }),
];

/** What is refused before anybody is asked. */
export const refusedAsks: readonly RefusedAsk[] = [
  {
    ...{ number: numberOf(40), code: 'quota_used' },
    names: { zh: '当日次数用完', en: "the day's checks are used up" },
  },
  {
    ...{ number: numberOf(41), code: 'too_many_requests' },
    names: { zh: '请求过于频繁', en: 'too many requests' },
  },
];

const codeOf = (id: string): string => `SANDBOX-${id.toUpperCase().replaceAll('_', '-')}`;
const refused = (code: ErrorCode, names: Names): CodeOutcome => ({ code: codeOf(code), names, refused: code });

/** What can become of a code. Every other text is none of the service's codes. */
export const codeOutcomes: readonly CodeOutcome[] = [
  ...testPersons.map(({ id, key, names }) => ({ code: codeOf(id), names, person: key })),
  refused('code_not_recognised', { zh: '不是本服务的码', en: 'none of the service’s codes' }),
  refused('code_expired', { zh: '码已过期', en: 'it has expired' }),
  refused('code_already_used', { zh: '码已用过', en: 'it was used before' }),
  refused('purpose_mismatch', { zh: '为别的用途出示', en: 'the card is shown for another purpose' }),
  refused('other_terminal', { zh: '属于另一柜台', en: 'it belongs to another counter' }),
  refused('counter_needed', { zh: '须先扫柜台码', en: 'the counter has to show its code first' }),
  refused('tier_too_low', { zh: '卡片级别不够', en: 'the card is of a lower tier than the purpose needs' }),
  refused('suspended', { zh: '卡片停用', en: 'the card is suspended' }),
  refused('revoked', { zh: '卡片撤销', en: 'the card is revoked' }),
  refused('expired', { zh: '卡片到期', en: 'the card has expired' }),
  refused('quota_used', { zh: '当日次数用完', en: "the day's checks are used up" }),
  refused('too_many_requests', { zh: '请求过于频繁', en: 'too many requests' }),
  refused('wrong_step', { zh: '被别的调用抢先', en: 'another call was first' }),
  refused('internal', { zh: '服务出错', en: 'something failed on our side' }),
];
