import type { DisclosableClaim } from './claims';
export type { DisclosableClaim };

/** What a card may be used for. Everything that depends on the purpose is decided by its row. */
export interface Purpose {
  readonly names: { readonly zh: string; readonly en: string };
  /** The least tier that serves. */
  readonly tier: 'light' | 'full';
  /** The most that may be disclosed. */
  readonly claims: readonly DisclosableClaim[];
  /** Staff compare the portrait with the person. */
  readonly look: boolean;
  readonly modes: readonly 'shown'[];
  /** PIPL, article 13. */
  readonly lawfulBasis: 'consent' | 'contract' | 'law';
}

/** All purposes, in the order in which screens list them. */
export const purposeIds = ['parcel-pickup', 'internet-cafe'] as const;

/** A named task that a card may be used for. */
export type PurposeId = (typeof purposeIds)[number];

export const purposeTable: Readonly<Record<PurposeId, Purpose>> = {
  'parcel-pickup': {
    names: { zh: '取快递', en: 'Parcel pickup' },
    tier: 'light',
    claims: ['masked_name', 'masked_number'],
    look: true,
    modes: ['shown'],
    lawfulBasis: 'contract',
  },
  // Regulations on Internet Access Service Business Venues, articles 21 and 23: no minors, and identity is checked.
  'internet-cafe': {
    names: { zh: '上网登记', en: 'Internet café' },
    tier: 'light',
    claims: ['masked_name', 'age_over_18'],
    look: true,
    modes: ['shown'],
    lawfulBasis: 'law',
  },
};

/** Whether a card of that tier serves a purpose. */
export const isTierEnough = (tier: Purpose['tier'], purpose: PurposeId): boolean =>
  tier === 'full' || purposeTable[purpose].tier === 'light';

/** What a partner is registered for: a purpose, and the claims that it may be told; at most the purpose's own. */
export interface Grant {
  readonly purpose: PurposeId;
  readonly claims: readonly DisclosableClaim[];
}
