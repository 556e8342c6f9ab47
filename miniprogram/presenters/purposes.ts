import { purposeIds, purposeTable, type PurposeId } from '../protocol';

/** A purpose as a list shows it. */
export interface ListedPurpose {
  readonly id: PurposeId;
  readonly name: string;
}

/** All purposes by their names. */
export const listPurposes = (language: 'zh' | 'en', ids: readonly PurposeId[] = purposeIds): ListedPurpose[] =>
  ids.map((id) => ({ id, name: purposeTable[id].names[language] }));
