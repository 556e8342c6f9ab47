import { type InstitutionActKind, type InstitutionJwk, type InstitutionUse, type WaitingAct } from '../protocol';
import type { Fact } from './facts';
import type { Language } from './guidance';
import { groupedReference } from './reference';

type Words = Readonly<Record<Language, string>>;

interface ActWords {
  readonly name: Words;
  /** What happens once it is confirmed. */
  readonly effect: Words;
  /** Whether it takes something away from somebody. */
  readonly isGrave: boolean;
}

/** What each act on a partner's server is called, and what it does. */
export const institutionActWords: Readonly<Record<InstitutionActKind, ActWords>> = {
  register_institution: {
    name: { zh: '登记服务器', en: 'Register a server' },
    effect: {
      zh: '此服务器凭所列公钥代表该商户调用接口，范围以商户已获批的用途为限。',
      en: 'Whoever holds these keys asks in the name of the business, for the purposes that it was granted.',
    },
    isGrave: false,
  },
  add_institution_key: {
    name: { zh: '增加服务器公钥', en: "Add a server's key" },
    effect: {
      zh: '持有此密钥者可以代表该服务器调用接口。',
      en: 'Whoever holds this key, too, asks in the name of the server.',
    },
    isGrave: false,
  },
  withdraw_institution_key: {
    name: { zh: '撤下服务器公钥', en: "Withdraw a server's key" },
    effect: {
      zh: '凭此密钥的调用立即被拒绝；此公钥和名称不能再登记。',
      en: 'Calls by this key are refused at once. Neither the key nor its name can be entered again.',
    },
    isGrave: true,
  },
  move_institution: {
    name: { zh: '变更服务器地址', en: "Change a server's addresses" },
    effect: {
      zh: '所列地址取代原有的全部地址。',
      en: 'These addresses take the place of all that there were.',
    },
    isGrave: false,
  },
  end_institution: {
    name: { zh: '终止服务器', en: 'End a server' },
    effect: {
      zh: '此服务器的调用立即被拒绝，也不再收到通知。不能恢复，编号不能再用。',
      en: 'Its calls are refused at once, and it hears of nothing more. It cannot be undone, and its id is not used again.',
    },
    isGrave: true,
  },
};

/** What a server is registered for. */
export const useNames: Readonly<Record<InstitutionUse, Words>> = {
  live: { zh: '正式：向持卡人核验', en: 'Live: it asks holders' },
  sandbox: { zh: '沙盒：只用测试人物', en: 'Sandbox: test persons alone' },
};

/** What a server is registered for, as a fact. */
export const useFact = (use: InstitutionUse, language: Language): Fact => ({
  name: words[language].use,
  value: useNames[use][language],
});

const words = {
  zh: {
    use: '用途',
    client: '服务器编号',
    partner: '商户编号',
    key: (kid: string) => `公钥 ${kid}`,
    withdrawn: '公钥名称',
    redirect: '返回地址',
    events: '通知地址',
    none: '无',
  },
  en: {
    use: 'Use',
    client: 'Client id',
    partner: 'Partner id',
    key: (kid: string) => `Key ${kid}`,
    withdrawn: 'Name of the key',
    redirect: 'Way back',
    events: 'Events to',
    none: 'none',
  },
} as const;

/** The thumbprint of a key (RFC 7638), by which two people compare it. */
export type NameKey = (jwk: InstitutionJwk) => string;

/** Addresses as facts: each by itself, and that there is none. */
export const addressFacts = (
  { redirectUris, events }: { readonly redirectUris: readonly string[]; readonly events: { url: string } | null },
  language: Language,
): readonly Fact[] => {
  const said = words[language];
  const ways = redirectUris.length > 0 ? redirectUris : [said.none];
  return [
    ...ways.map((value, at) => ({
      name: ways.length > 1 ? `${said.redirect} ${String(at + 1)}` : said.redirect,
      value,
      isCode: redirectUris.length > 0,
    })),
    { name: said.events, value: events?.url ?? said.none, isCode: events !== null },
  ];
};

/** A key as a fact: its owner's name of it, and its thumbprint. */
export const keyFact = (kid: string, thumbprint: string, language: Language): Fact => ({
  name: words[language].key(kid),
  value: thumbprint,
  isCode: true,
});

type InstitutionActTold = Pick<Extract<WaitingAct, { readonly kind: InstitutionActKind }>, 'kind' | 'target'>;

/** The target of an act on a partner's server, as two operators compare it: all of it. */
export const tellInstitutionTarget = (
  { target }: InstitutionActTold,
  nameKey: NameKey,
  language: Language,
): readonly Fact[] => {
  const said = words[language];
  const keys = 'keys' in target ? target.keys : 'key' in target ? [target.key] : [];
  return [
    ...('partner' in target ? [{ name: said.partner, value: groupedReference(target.partner), isCode: true }] : []),
    { name: said.client, value: groupedReference(target.client), isCode: true },
    ...('use' in target ? [useFact(target.use, language)] : []),
    ...keys.map((key) => keyFact(key.kid, nameKey(key), language)),
    ...('kid' in target ? [{ name: said.withdrawn, value: target.kid, isCode: true }] : []),
    ...('redirectUris' in target ? addressFacts(target, language) : []),
  ];
};
