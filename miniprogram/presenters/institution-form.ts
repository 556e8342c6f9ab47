import {
  addressReach,
  institutionActReasons,
  institutionActs,
  institutionUses,
  REDIRECT_URIS_MAX,
  type InstitutionActKind,
  type InstitutionUse,
  type ProposeActRequest,
  type WithoutAction,
} from '../protocol';
import type { Fact } from './facts';
import type { Language } from './guidance';
import { institutionActWords, tellInstitutionTarget, useNames, type NameKey } from './institution-acts';
import { readKeyPaste, type PasteFault } from './key-paste';
import { reasonName, reasonOptions, type Option } from './operator-reasons';
import type { ListedServer } from './servers';

/** An act on a partner's server as it is being filled in, all of it as it was typed. */
export interface InstitutionDraft {
  readonly kind: InstitutionActKind | '';
  readonly client: string;
  /** What a server is registered for; empty until that is chosen. */
  readonly use: InstitutionUse | '';
  readonly keys: string;
  readonly kid: string;
  /** One address a line. */
  readonly redirectUris: string;
  readonly events: string;
  readonly reason: string;
}

/** What a draft lacks. */
export type InstitutionFault =
  'act' | 'use' | 'client' | PasteFault | 'oneKey' | 'kid' | 'redirectUris' | 'events' | 'noEvents' | 'reason';

/** An act on a partner's server, as it is proposed. */
export type InstitutionRequest = WithoutAction<Extract<ProposeActRequest, { readonly kind: InstitutionActKind }>>;

/** Whose server a form is about, and which; null for one that is to be registered. */
export interface FormSubject {
  readonly partner: string;
  readonly server: ListedServer | null;
}

/** A form with nothing in it but what there is. */
export const draftOf = ({ server }: FormSubject): InstitutionDraft => ({
  kind: server ? '' : 'register_institution',
  client: server?.client ?? '',
  use: '',
  keys: '',
  kid: '',
  redirectUris: server?.redirectUris.join('\n') ?? '',
  events: server?.events?.url ?? '',
  reason: '',
});

/** The acts that a form lists: a server that is there is changed, another one is registered. */
export const kindsFor = ({ server }: FormSubject, mine: readonly InstitutionActKind[]): readonly InstitutionActKind[] =>
  mine.filter((kind) => (kind === 'register_institution') === (server === null));

/** Which acts of those the role may propose. */
export const institutionKinds = (mine: readonly string[]): readonly InstitutionActKind[] =>
  institutionActs.filter((kind) => mine.includes(kind));

const CLIENT = /^[a-z0-9][a-z0-9-]{2,39}$/;

const readAddresses = (draft: InstitutionDraft) => {
  const redirectUris = draft.redirectUris.split(/\s+/).filter((line) => line !== '');
  const isEach = redirectUris.every((one) => addressReach(one) !== null);
  if (!isEach || redirectUris.length > REDIRECT_URIS_MAX || new Set(redirectUris).size < redirectUris.length)
    return 'redirectUris';
  const url = draft.events.trim();
  if (url !== '' && addressReach(url) === null) return 'events';
  return { redirectUris, events: url === '' ? null : { url } };
};

const readRegistration = (draft: InstitutionDraft, partner: string) => {
  const { use } = draft;
  if (use === '') return 'use';
  const client = draft.client.trim();
  if (client !== '' && !CLIENT.test(client)) return 'client';
  const keys = readKeyPaste(draft.keys);
  if (typeof keys === 'string') return keys;
  const addresses = readAddresses(draft);
  if (typeof addresses === 'string') return addresses;
  if (use === 'sandbox' && addresses.events) return 'noEvents';
  const [reason] = institutionActReasons.register_institution;
  const target = { partner, use, keys: [...keys], ...addresses, ...(client !== '' && { client }) };
  return { kind: 'register_institution', target, reason } as const;
};

const readAddition = (draft: InstitutionDraft, client: string) => {
  const keys = readKeyPaste(draft.keys);
  if (typeof keys === 'string') return keys;
  const [key] = keys;
  if (!key || keys.length > 1) return 'oneKey';
  const [reason] = institutionActReasons.add_institution_key;
  return { kind: 'add_institution_key', target: { client, key }, reason } as const;
};

const readWithdrawal = (draft: InstitutionDraft, { client, kids }: ListedServer) => {
  const kid = kids.find((one) => one === draft.kid);
  if (kid === undefined) return 'kid';
  const reason = institutionActReasons.withdraw_institution_key.find((one) => one === draft.reason);
  if (reason === undefined) return 'reason';
  return { kind: 'withdraw_institution_key', target: { client, kid }, reason } as const;
};

const readMove = (draft: InstitutionDraft, { client, use }: ListedServer) => {
  const addresses = readAddresses(draft);
  if (typeof addresses === 'string') return addresses;
  if (use === 'sandbox' && addresses.events) return 'noEvents';
  const [reason] = institutionActReasons.move_institution;
  return { kind: 'move_institution', target: { client, ...addresses }, reason } as const;
};

const readEnd = (draft: InstitutionDraft, client: string) => {
  const reason = institutionActReasons.end_institution.find((one) => one === draft.reason);
  return reason === undefined ? 'reason' : ({ kind: 'end_institution', target: { client }, reason } as const);
};

/** The act that a filled form asks for, or what of it is missing. */
export const readInstitutionDraft = (
  draft: InstitutionDraft,
  { partner, server }: FormSubject,
): InstitutionRequest | InstitutionFault => {
  const { kind } = draft;
  if (kind === 'register_institution') return readRegistration(draft, partner);
  if (!server) return 'act';
  switch (kind) {
    case '':
      return 'act';
    case 'add_institution_key':
      return readAddition(draft, server.client);
    case 'withdraw_institution_key':
      return readWithdrawal(draft, server);
    case 'move_institution':
      return readMove(draft, server);
    case 'end_institution':
      return readEnd(draft, server.client);
  }
};

/** What a form lists for its draft. */
export interface InstitutionForm {
  readonly acts: readonly Option[];
  readonly effect: string;
  readonly isGrave: boolean;
  readonly asksClient: boolean;
  /** What a server can be registered for; empty where that is not asked. */
  readonly uses: readonly Option[];
  readonly asksKeys: boolean;
  readonly asksAddresses: boolean;
  /** The keys that can be withdrawn; empty where that is not asked. */
  readonly kids: readonly Option[];
  /** Empty where there is one reason only. */
  readonly reasons: readonly Option[];
}

/** The form for a draft. */
export const tellInstitutionForm = (
  { kind }: InstitutionDraft,
  kinds: readonly InstitutionActKind[],
  server: ListedServer | null,
  language: Language,
): InstitutionForm => {
  const reasons = kind === '' ? [] : institutionActReasons[kind];
  return {
    acts: kinds.map((id) => ({ id, name: institutionActWords[id].name[language] })),
    effect: kind === '' ? '' : institutionActWords[kind].effect[language],
    isGrave: kind !== '' && institutionActWords[kind].isGrave,
    asksClient: kind === 'register_institution',
    uses: kind === 'register_institution' ? institutionUses.map((id) => ({ id, name: useNames[id][language] })) : [],
    asksKeys: kind === 'register_institution' || kind === 'add_institution_key',
    asksAddresses: kind === 'register_institution' || kind === 'move_institution',
    kids: kind === 'withdraw_institution_key' ? (server?.kids ?? []).map((id) => ({ id, name: id })) : [],
    reasons: reasons.length > 1 ? reasonOptions(reasons, language) : [],
  };
};

const words = {
  zh: { act: '操作', reason: '理由', drawn: '由系统生成' },
  en: { act: 'Act', reason: 'Reason', drawn: 'drawn by the service' },
} as const;

/** All that will happen, as it is read before it is proposed. */
export interface InstitutionSummary {
  readonly effect: string;
  readonly facts: readonly Fact[];
}

/** Sums an act up. */
export const sumUpInstitution = (act: InstitutionRequest, nameKey: NameKey, language: Language): InstitutionSummary => {
  const said = words[language];
  const { name, effect } = institutionActWords[act.kind];
  const named =
    act.kind === 'register_institution'
      ? { ...act, target: { ...act.target, client: act.target.client ?? said.drawn } }
      : act;
  return {
    effect: effect[language],
    facts: [
      { name: said.act, value: name[language] },
      ...tellInstitutionTarget(named, nameKey, language),
      { name: said.reason, value: reasonName(act.reason, language) },
    ],
  };
};
