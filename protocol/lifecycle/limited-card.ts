import { purposeTable, type PurposeId } from '../purposes/purpose-table';

/** How long a card that came to another phone is limited, in milliseconds: its holder has a day to notice and to object. */
export const LIMITED_MS = 24 * 60 * 60 * 1000;

/** Whether a limited card serves a purpose: a light task that asks for no further proof. */
export const servesWhileLimited = (purpose: PurposeId): boolean => {
  const { tier, stepUp } = purposeTable[purpose];
  return tier === 'light' && stepUp.length === 0;
};
