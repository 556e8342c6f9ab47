import {
  isStated,
  operatorRevocations,
  statedLengths,
  type MassTarget,
  type ProposeActRequest,
  type WithoutAction,
} from '../protocol';
import { DAY, readDay } from './china-days';
import { massActWords, type MassActKind } from './critical-acts';
import type { Fact } from './facts';
import type { Language } from './guidance';
import { servesAct, shortKid, standingName, type ListedKey } from './issuer-keys';
import { tellMassTarget } from './mass-target';
import { reasonName, reasonOptions, type Option } from './operator-reasons';

/** How the cards of an act on many are named. */
export type Criterion = MassTarget['by'];
export const criteria: readonly Criterion[] = ['kid', 'office', 'minted'];
export const massActKinds: readonly MassActKind[] = ['revoke_cards', 'renew_cards'];

/** An act on many cards as it is being filled in. */
export interface MassDraft {
  readonly kind: MassActKind | '';
  readonly by: Criterion | '';
  readonly kid: string;
  readonly office: string;
  /** As they were typed; the last day is one of the period. */
  readonly first: string;
  readonly last: string;
  readonly reason: string;
}

/** A form with nothing in it. */
export const emptyDraft: MassDraft = { kind: '', by: '', kid: '', office: '', first: '', last: '', reason: '' };

/** What a draft lacks. */
export type MassFault = 'act' | 'cards' | 'key' | 'office' | 'first' | 'last' | 'order' | 'ahead' | 'reason';

/** An act on many cards, as it is proposed. */
export type MassRequest = WithoutAction<Extract<ProposeActRequest, { readonly kind: MassActKind }>>;

/** Chooses the act; only a key's cards are renewed, and a key that does not serve the act is chosen no more. */
export const chooseAct = (draft: MassDraft, kind: MassActKind, keys: readonly ListedKey[]): MassDraft => ({
  ...draft,
  kind,
  by: kind === 'renew_cards' ? 'kid' : draft.by,
  kid: keys.some((key) => key.kid === draft.kid && servesAct(key, kind)) ? draft.kid : '',
  reason: '',
});

const readPeriod = ({ first, last }: MassDraft, now: number): MassTarget | MassFault => {
  const [from, begin] = [readDay(first), readDay(last)];
  if (from === null) return 'first';
  if (begin === null) return 'last';
  if (begin < from) return 'order';
  return begin > now ? 'ahead' : { by: 'minted', from, to: begin + DAY };
};

const readTarget = (draft: MassDraft, kind: MassActKind, keys: readonly ListedKey[], now: number) => {
  switch (draft.by) {
    case '':
      return 'cards';
    case 'kid': {
      const key = keys.find(({ kid }) => kid === draft.kid);
      return key && servesAct(key, kind) ? ({ by: 'kid', kid: key.kid } as const) : 'key';
    }
    case 'office': {
      const office = draft.office.replace(/\s/g, '');
      return isStated(office) && office.length <= statedLengths.name ? ({ by: 'office', office } as const) : 'office';
    }
    case 'minted':
      return readPeriod(draft, now);
  }
};

/** The act that a filled form asks for, or what of it is missing. @param now milliseconds since 1970 */
export const readMassDraft = (draft: MassDraft, keys: readonly ListedKey[], now: number): MassRequest | MassFault => {
  const { kind } = draft;
  if (kind === '') return 'act';
  const target = readTarget(draft, kind, keys, now);
  if (typeof target === 'string') return target;
  if (kind === 'renew_cards') return target.by === 'kid' ? { kind, target, reason: 'issuer_compromised' } : 'key';
  const reason = operatorRevocations.find((one) => one === draft.reason);
  return reason === undefined ? 'reason' : { kind, target, reason };
};

const words = {
  zh: {
    criteria: { kid: '由一把密钥签发', office: '按身份证签发机关', minted: '按办证日期' },
    act: '操作',
    reason: '理由',
    kid: '只包括现在由此密钥签发的虚拟身份卡。已换发的不在内。',
    signing: '此密钥正在签发：执行开始后它新签的虚拟身份卡不在内。请先启用新密钥。',
    office: '机关名称须与身份证上的一字不差，否则一张也不会匹配。',
    minted: '按北京时间计算，含首尾两天的全天。以虚拟身份卡办出的时间为准，不是身份证的签发日期。',
    told: '每位持证人都会在记录里看到吊销和理由。',
    fetch: '持证人下次打开时，手机会领取由现用密钥签发的新凭证。',
    begins: '另一位操作员确认后立即开始，在后台逐张处理，中途不能停止。',
  },
  en: {
    criteria: { kid: 'Signed by one key', office: "By the identity card's office", minted: 'By the day it was made' },
    act: 'Act',
    reason: 'Reason',
    kid: 'These are the cards that this key signs today; those that were renewed are not among them.',
    signing: 'This key signs now: cards that it signs once the act has begun are not met. Let another key sign first.',
    office: 'The name must stand here exactly as on the identity cards, or no card is met.',
    minted:
      'Whole days by the clocks of China, from the first to the last one. It is the day of the virtual card, not of the identity card.',
    told: 'Each holder reads of it, with the reason, in the history.',
    fetch: 'Each phone fetches a credential by the present key the next time that its holder opens it.',
    begins:
      'It begins as soon as another operator confirms it, goes through the cards by itself, and cannot be stopped.',
  },
} as const;

/** What a form for an act on many cards lists. */
export interface MassForm {
  readonly acts: readonly Option[];
  readonly effect: string;
  /** How the cards can be named; empty where there is one way only. */
  readonly criteria: readonly Option[];
  readonly keys: readonly Option[];
  /** Empty where nothing is to be chosen. */
  readonly reasons: readonly Option[];
}

/** The form for a draft. @param mine the acts that this operator may propose */
export const tellMassForm = (
  { kind }: MassDraft,
  mine: readonly MassActKind[],
  keys: readonly ListedKey[],
  language: Language,
): MassForm => {
  const said = words[language];
  const isRevocation = kind === 'revoke_cards';
  const serving = kind === '' ? [] : keys.filter((key) => servesAct(key, kind));
  return {
    acts: mine.map((id) => ({ id, name: massActWords(id, language).name })),
    effect: kind === '' ? '' : massActWords(kind, language).effect,
    criteria: isRevocation ? criteria.map((id) => ({ id, name: said.criteria[id] })) : [],
    keys: serving.map(({ kid, standing }) => ({
      id: kid,
      name: `${shortKid(kid)} · ${standingName(standing, language)}`,
    })),
    reasons: isRevocation ? reasonOptions(operatorRevocations, language) : [],
  };
};

/** All that will happen, as it is read before it is proposed. */
export interface MassSummary {
  readonly effect: string;
  readonly facts: readonly Fact[];
  /** What follows from it, a sentence each. */
  readonly notes: readonly string[];
}

/** Sums an act up. */
export const sumUp = (act: MassRequest, keys: readonly ListedKey[], language: Language): MassSummary => {
  const said = words[language];
  const { kind, target, reason } = act;
  const { name, effect } = massActWords(kind, language);
  const isSigning = target.by === 'kid' && keys.some((key) => key.kid === target.kid && key.standing === 'signing');
  return {
    effect,
    facts: [
      { name: said.act, value: name },
      tellMassTarget(target, language),
      { name: said.reason, value: reasonName(reason, language) },
    ],
    notes: [isSigning ? said.signing : said[target.by], kind === 'revoke_cards' ? said.told : said.fetch, said.begins],
  };
};
