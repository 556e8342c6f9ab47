import type { PartnerShop, SaveShopRequest, WithoutAction } from '../protocol';
import { faultOfStated, tidy, type Faults } from './application-form';
import type { Language } from './guidance';

/** A terminal as somebody fills it in; its id parts it from others for as long as the form is open. */
export interface DraftTerminal {
  readonly id: number;
  readonly name: string;
}

/** A shop as somebody fills it in. */
export interface ShopDraft {
  readonly zh: string;
  readonly en: string;
  readonly address: string;
  readonly terminals: readonly DraftTerminal[];
}

/** The most terminals of a shop. */
export const TERMINALS_MAX = 50;

export const newShop: ShopDraft = { zh: '', en: '', address: '', terminals: [{ id: 0, name: '' }] };

export const shopDraftOf = ({ names, address, terminals }: PartnerShop): ShopDraft => ({
  ...names,
  address,
  terminals: terminals.map((name, id) => ({ id, name })),
});

/** With one terminal more, which has no name yet. */
export const withTerminal = (draft: ShopDraft): ShopDraft => {
  const id = Math.max(...draft.terminals.map((one) => one.id)) + 1;
  return { ...draft, terminals: [...draft.terminals, { id, name: '' }] };
};

export const withoutTerminal = (draft: ShopDraft, id: number): ShopDraft => ({
  ...draft,
  terminals: draft.terminals.filter((one) => one.id !== id),
});

export const withTerminalName = (draft: ShopDraft, id: number, name: string): ShopDraft => ({
  ...draft,
  terminals: draft.terminals.map((one) => (one.id === id ? { id, name } : one)),
});

const twice = { zh: '与另一个柜台同名', en: 'Another terminal has this name' } as const;

const faultOfTerminal = (
  terminals: readonly DraftTerminal[],
  { id, name }: DraftTerminal,
  language: Language,
): string => {
  const first = terminals.find((other) => tidy(other.name) === tidy(name));
  return faultOfStated(name, language) || (first?.id === id ? '' : twice[language]);
};

/** What is wrong, by field; a terminal's by its id. Empty where all may be sent. */
export const faultsOfShop = ({ zh, en, address, terminals }: ShopDraft, language: Language): Faults => {
  const all = {
    zh: faultOfStated(zh, language),
    en: faultOfStated(en, language),
    address: faultOfStated(address, language),
    ...Object.fromEntries(terminals.map((one) => [String(one.id), faultOfTerminal(terminals, one, language)])),
  };
  return Object.fromEntries(Object.entries(all).filter(([, text]) => text !== ''));
};

/** The shop as it is sent. @param shop the id of one that is there already */
export const shopOf = (draft: ShopDraft, shop: string | null): WithoutAction<SaveShopRequest> => ({
  ...(shop !== null && { shop }),
  names: { zh: tidy(draft.zh), en: tidy(draft.en) },
  address: tidy(draft.address),
  terminals: draft.terminals.map(({ name }) => tidy(name)),
});
