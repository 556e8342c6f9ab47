import {
  counterReasons,
  criticalActs,
  guardianshipReasons,
  isInstitutionAct,
  isSingleAct,
  operatorRevocations,
  resumptionReasons,
  suspensionReasons,
  type CriticalActKind,
  type InstitutionActKind,
  type ListActsReply,
  type ProposeActRequest,
  type SingleActKind,
  type VisitorActKind,
} from '../protocol';
import { showWait } from './days';
import type { Fact } from './facts';
import type { Language } from './guidance';
import { institutionActWords, tellInstitutionTarget, type NameKey } from './institution-acts';
import { reasonName, reasonOptions, type Option } from './operator-reasons';
import { tellMassTarget } from './mass-target';
import { groupedReference, readHexReference, readPartnerReference, shortReference } from './reference';

type SingleActRequest = Extract<ProposeActRequest, { readonly target: string }>;
type ActReason = SingleActRequest['reason'];
type Words = Readonly<Record<Language, string>>;

/** What an act is done to, and how its id is typed. */
const targets = {
  card: { name: { zh: '卡号', en: 'Card id' }, read: readHexReference },
  case: { name: { zh: '办理编号', en: 'Case id' }, read: readHexReference },
  partner: { name: { zh: '商户编号', en: 'Partner id' }, read: readPartnerReference },
} as const;

interface ActRow {
  readonly name: Words;
  /** What happens once it is confirmed. */
  readonly effect: Words;
  readonly target: keyof typeof targets;
  readonly reasons: readonly ActReason[];
  /** Whether it takes something away from somebody. */
  readonly isGrave: boolean;
}

/** Every act on one card, case or business: a form for a new kind is a row here. */
const table: Readonly<Record<SingleActKind, ActRow>> = {
  revoke_card: {
    name: { zh: '吊销虚拟身份卡', en: 'Revoke a card' },
    effect: { zh: '虚拟身份卡永久失效，无法恢复。', en: 'The card ends for good. It cannot be undone.' },
    target: 'card',
    reasons: operatorRevocations,
    isGrave: true,
  },
  suspend_partner: {
    name: { zh: '暂停商户', en: 'Suspend a business' },
    effect: { zh: '该商户的所有查验立即停止。', en: 'All checks of this business stop at once.' },
    target: 'partner',
    reasons: suspensionReasons,
    isGrave: true,
  },
  resume_partner: {
    name: { zh: '恢复商户', en: 'Resume a business' },
    effect: { zh: '该商户可以继续查验。', en: 'This business may check cards again.' },
    target: 'partner',
    reasons: resumptionReasons,
    isGrave: false,
  },
  raise_tier: {
    name: { zh: '升级为彩卡', en: 'Raise to a colour card' },
    effect: { zh: '虚拟身份卡可以办理重要事项。', en: 'The card serves critical tasks.' },
    target: 'card',
    reasons: counterReasons,
    isGrave: false,
  },
  vouch_for_case: {
    name: { zh: '柜台担保办理', en: 'Vouch for a case' },
    effect: {
      zh: '不再比对人脸，此人可以继续办卡。',
      en: 'The face is not compared, and this person goes on to a card.',
    },
    target: 'case',
    reasons: counterReasons,
    isGrave: false,
  },
  guardianship_seen: {
    name: { zh: '确认监护关系', en: 'Confirm a guardian' },
    effect: {
      zh: '监护人的同意生效，未满 14 周岁的孩子可以继续办卡。',
      en: "The guardian's consent holds, and the child under 14 goes on to a card.",
    },
    target: 'case',
    reasons: guardianshipReasons,
    isGrave: false,
  },
};

type PlainRow = Pick<ActRow, 'name' | 'effect' | 'isGrave'>;

/** Acts on a visitor's card, which are proposed where the visitor is received. */
const ofVisitor: Readonly<Record<VisitorActKind, PlainRow>> = {
  delete_at_counter: {
    name: { zh: '在柜台删除一切', en: 'Delete at a counter' },
    effect: {
      zh: '虚拟身份卡和所有资料在两分钟内销毁，谁也不能恢复。来访者须在您面前：请亲自核对本人和实体证。',
      en: 'The card and all data are destroyed within two minutes, and nobody brings them back. The visitor must be before you: look at person and physical card yourself.',
    },
    isGrave: true,
  },
};

/** Acts on many cards at once, which are proposed where keys are looked at. */
export type MassActKind = Exclude<CriticalActKind, SingleActKind | VisitorActKind | InstitutionActKind>;

const ofMany: Readonly<Record<MassActKind, Pick<ActRow, 'name' | 'effect'> & { readonly isGrave: true }>> = {
  revoke_cards: {
    name: { zh: '批量吊销', en: 'Revoke many cards' },
    effect: {
      zh: '这些虚拟身份卡全部永久失效，无法恢复。',
      en: 'All of these cards end for good. It cannot be undone.',
    },
    isGrave: true,
  },
  renew_cards: {
    name: { zh: '批量换发凭证', en: 'Renew many credentials' },
    effect: {
      zh: '由此密钥签发的凭证全部换发；虚拟身份卡本身继续有效。',
      en: 'Every credential that this key signed is made anew; the cards stay as they are.',
    },
    isGrave: true,
  },
};

const rowOf = (kind: CriticalActKind): PlainRow => {
  if (isSingleAct(kind)) return table[kind];
  if (isInstitutionAct(kind)) return institutionActWords[kind];
  return kind === 'delete_at_counter' ? ofVisitor[kind] : ofMany[kind];
};

/** What an act on many cards is called, and what it does once it is confirmed. */
export const massActWords = (
  kind: MassActKind,
  language: Language,
): { readonly name: string; readonly effect: string } => ({
  name: ofMany[kind].name[language],
  effect: ofMany[kind].effect[language],
});

/** The acts that a form lists, of those that may be proposed. */
export const actOptions = (kinds: readonly CriticalActKind[], language: Language): Option[] =>
  kinds.filter(isSingleAct).map((id) => ({ id, name: table[id].name[language] }));

/** The rest of the form for one act. */
export interface ActForm {
  readonly targetName: string;
  readonly effect: string;
  readonly reasons: readonly Option[];
  readonly isGrave: boolean;
}

/** What is asked for an act of that kind. */
export const actForm = (kind: SingleActKind, language: Language): ActForm => {
  const { target, effect, reasons, isGrave } = table[kind];
  return {
    targetName: targets[target].name[language],
    effect: effect[language],
    reasons: reasonOptions(reasons, language),
    isGrave,
  };
};

/** The act that a filled form asks for, or what of it is missing. */
export const readActForm = (
  kind: SingleActKind,
  typed: string,
  chosen: string,
): Omit<SingleActRequest, 'action'> | 'target' | 'reason' => {
  const target = targets[table[kind].target].read(typed);
  if (target === null) return 'target';
  const reason = table[kind].reasons.find((one) => one === chosen);
  return reason === undefined ? 'reason' : { kind, target, reason };
};

/** A proposal as a list and a confirmation show it. */
export interface ToldAct {
  readonly proposal: string;
  readonly hash: string;
  readonly title: string;
  readonly effect: string;
  /** Kind, target, reason and by whom: all that is confirmed. */
  readonly facts: readonly Fact[];
  readonly isGrave: boolean;
  /** Whether it only begins once it is confirmed, since a job does it. */
  readonly takesTime: boolean;
  readonly isOwn: boolean;
  /** Whether this operator's role decides about it at all. */
  readonly isMine: boolean;
}

const names = {
  zh: { reason: '理由', by: '提议人', own: '您', waits: '已等待', hash: '校验值' },
  en: { reason: 'Reason', by: 'Proposed by', own: 'you', waits: 'Waiting', hash: 'Hash' },
} as const;

type Act = ListActsReply['acts'][number];

/** What a list of proposals is told by. */
export interface ActView {
  /** The acts that this operator's role may decide. */
  readonly mine: readonly CriticalActKind[];
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly nameKey: NameKey;
}

const isOnMany = (act: Act): act is Extract<Act, { readonly kind: MassActKind }> => act.kind in ofMany;
const isOnInstitution = (act: Act): act is Extract<Act, { readonly kind: InstitutionActKind }> =>
  isInstitutionAct(act.kind);

const targetOf = (act: Act, nameKey: NameKey, language: Language): readonly Fact[] => {
  if (isOnInstitution(act)) return tellInstitutionTarget(act, nameKey, language);
  if (isOnMany(act)) return [tellMassTarget(act.target, language)];
  const target = act.kind === 'delete_at_counter' ? 'card' : table[act.kind].target;
  return [{ name: targets[target].name[language], value: groupedReference(act.target), isCode: true }];
};

/** Tells a proposal. */
export const tellAct = (act: Act, { mine, now, nameKey }: ActView, language: Language): ToldAct => {
  const { kind, reason, proposal, hash, proposedBy, proposedAt, isOwn } = act;
  const { name, effect, isGrave } = rowOf(kind);
  const said = names[language];
  return {
    proposal,
    hash,
    title: name[language],
    effect: effect[language],
    facts: [
      ...targetOf(act, nameKey, language),
      { name: said.reason, value: reasonName(reason, language) },
      { name: said.by, value: isOwn ? said.own : shortReference(proposedBy), isCode: !isOwn },
      { name: said.waits, value: showWait(now - proposedAt, language) },
      { name: said.hash, value: shortReference(hash.slice(0, 32)), isCode: true },
    ],
    isGrave,
    takesTime: !isSingleAct(kind) && !isInstitutionAct(kind),
    isOwn,
    isMine: mine.includes(kind),
  };
};

/** What is asked before an act is confirmed: every word of it once more, but for how long it waited and its hash. */
export const askedOfAct = ({ title, facts, effect }: ToldAct): { readonly title: string; readonly text: string } => ({
  title,
  text: [...facts.slice(0, -2).map(({ name, value }) => `${name}: ${value}`), effect].join('\n'),
});

/** An act of the log by its name; null for a word that is none. */
export const actName = (word: string, language: Language): string | null => {
  const kind = criticalActs.find((one) => one === word);
  return kind ? rowOf(kind).name[language] : null;
};
