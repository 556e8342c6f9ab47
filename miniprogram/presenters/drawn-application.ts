import { contactRoles, partnerCategories, purposeIds, purposeTable, type PurposeId } from '../protocol';
import type { Draft, Faults } from './application-form';
import { claimName } from './disclosure';
import type { Language } from './guidance';
import { categoryName, contactName } from './partner-names';
import type { Choice } from './staff';

/** A purpose as the application lists it. */
export interface DrawnPurpose {
  readonly id: PurposeId;
  readonly name: string;
  readonly isChosen: boolean;
  readonly look: boolean;
  readonly claims: readonly { readonly id: string; readonly name: string; readonly isChosen: boolean }[];
  readonly why: string;
  readonly claimsFault: string;
  readonly whyFault: string;
}

/** All purposes, those that are chosen with their claims. */
export const drawPurposes = ({ wanted }: Draft, faults: Faults, language: Language): DrawnPurpose[] =>
  purposeIds.map((id) => {
    const chosen = wanted.find(({ purpose }) => purpose === id);
    const { names, claims, look } = purposeTable[id];
    return {
      id,
      name: names[language],
      isChosen: chosen !== undefined,
      look,
      claims: claims.map((claim) => ({
        id: claim,
        name: claimName(claim, language),
        isChosen: chosen?.claims.includes(claim) ?? false,
      })),
      why: chosen?.why ?? '',
      claimsFault: faults[`claims:${id}`] ?? '',
      whyFault: faults[`why:${id}`] ?? '',
    };
  });

export const listCategories = (language: Language): Choice[] =>
  partnerCategories.map((id) => ({ id, name: categoryName(id, language), text: '' }));

export const listContacts = (language: Language): Choice[] =>
  contactRoles.map((id) => ({ id, name: contactName(id, language), text: '' }));
