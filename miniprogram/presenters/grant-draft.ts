import {
  claimNames,
  purposeTable,
  type DisclosableClaim,
  type PartnerGrant,
  type PurposeId,
  type WantedPurpose,
} from '../protocol';
import { claimName } from './disclosure';
import type { Language } from './guidance';

/** One purpose of an application, as it would be granted. */
export interface DraftGrant {
  readonly purpose: PurposeId;
  readonly isGranted: boolean;
  readonly claims: readonly DisclosableClaim[];
  /** As it was typed. */
  readonly perDay: string;
}

/** How many checks a day are suggested to a newcomer. */
const PER_DAY = 500;

/** What may be granted at most: what was asked for and policy gives. */
const atMost = ({ purpose, claims }: WantedPurpose): DisclosableClaim[] =>
  claimNames.filter((claim) => claims.includes(claim) && purposeTable[purpose].claims.includes(claim));

/** All that was asked for, as far as policy gives it. @param had what the partner is registered for already */
export const draftGrants = (wanted: readonly WantedPurpose[], had: readonly PartnerGrant[]): DraftGrant[] =>
  wanted.map((want) => {
    const claims = atMost(want);
    const before = had.find(({ purpose }) => purpose === want.purpose);
    return {
      purpose: want.purpose,
      isGranted: claims.length > 0,
      claims,
      perDay: String(before?.perDay ?? PER_DAY),
    };
  });

const changed = (
  drafts: readonly DraftGrant[],
  purpose: string,
  change: (draft: DraftGrant) => DraftGrant,
): DraftGrant[] => drafts.map((draft) => (draft.purpose === purpose ? change(draft) : draft));

/** Grants a purpose, or does not. */
export const togglePurpose = (drafts: readonly DraftGrant[], purpose: string): DraftGrant[] =>
  changed(drafts, purpose, (draft) => ({ ...draft, isGranted: !draft.isGranted }));

/** Grants a claim, or does not; what was not asked for is not added. */
export const toggleClaim = (
  drafts: readonly DraftGrant[],
  wanted: readonly WantedPurpose[],
  purpose: string,
  claim: string,
): DraftGrant[] =>
  changed(drafts, purpose, (draft) => {
    const want = wanted.find((one) => one.purpose === purpose);
    const isNow = (one: DisclosableClaim): boolean => (one === claim) !== draft.claims.includes(one);
    return { ...draft, claims: want ? atMost(want).filter(isNow) : draft.claims };
  });

export const typePerDay = (drafts: readonly DraftGrant[], purpose: string, perDay: string): DraftGrant[] =>
  changed(drafts, purpose, (draft) => ({ ...draft, perDay }));

/** What the draft grants, or what is wrong with it. */
export const readGrants = (
  drafts: readonly DraftGrant[],
): readonly PartnerGrant[] | 'nothing' | 'claims' | 'per-day' => {
  const granted = drafts.filter(({ isGranted }) => isGranted);
  if (granted.length === 0) return 'nothing';
  if (granted.some(({ claims }) => claims.length === 0)) return 'claims';
  if (granted.some(({ perDay }) => !/^[1-9]\d{0,5}$/.test(perDay))) return 'per-day';
  return granted.map(({ purpose, claims, perDay }) => ({ purpose, claims: [...claims], perDay: Number(perDay) }));
};

/** A purpose of the draft as the screen shows it. */
export interface ListedGrant {
  readonly purpose: PurposeId;
  readonly name: string;
  readonly why: string;
  readonly isGranted: boolean;
  readonly canGrant: boolean;
  readonly perDay: string;
  readonly claims: readonly {
    readonly id: DisclosableClaim;
    readonly name: string;
    readonly isGranted: boolean;
    /** Asked for, and more than policy gives. */
    readonly isBeyond: boolean;
  }[];
}

/** The draft beside what was asked for. */
export const listGrants = (
  drafts: readonly DraftGrant[],
  wanted: readonly WantedPurpose[],
  language: Language,
): ListedGrant[] =>
  wanted.flatMap((want) => {
    const draft = drafts.find(({ purpose }) => purpose === want.purpose);
    if (!draft) return [];
    const most = atMost(want);
    const claims = want.claims.map((id) => ({
      id,
      name: claimName(id, language),
      isGranted: draft.claims.includes(id),
      isBeyond: !most.includes(id),
    }));
    const { purpose, isGranted, perDay } = draft;
    const name = purposeTable[purpose].names[language];
    return [{ purpose, name, why: want.why, isGranted, canGrant: most.length > 0, perDay, claims }];
  });
