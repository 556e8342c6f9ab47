import { purposeIds, purposeTable, type Mode, type PurposeId } from '../protocol';

/** A purpose as a list shows it. */
export interface ListedPurpose {
  readonly id: PurposeId;
  readonly name: string;
}

/** All purposes by their names. */
export const listPurposes = (language: 'zh' | 'en', ids: readonly PurposeId[] = purposeIds): ListedPurpose[] =>
  ids.map((id) => ({ id, name: purposeTable[id].names[language] }));

/** The purposes for which a card can be presented in that way. */
export const purposesIn = (mode: Mode): PurposeId[] => purposeIds.filter((id) => purposeTable[id].modes.includes(mode));
