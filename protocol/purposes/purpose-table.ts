/** What a card may be used for. Everything that depends on the purpose is decided by its row. */
interface PurposeRow {
  readonly names: { readonly zh: string; readonly en: string };
  /** The least tier that serves. */
  readonly tier: 'light' | 'full';
  /** The most that may be disclosed. */
  readonly claims: readonly ('masked_name' | 'masked_number')[];
  /** Staff compare the portrait with the person. */
  readonly look: boolean;
  readonly modes: readonly 'shown'[];
  /** PIPL, article 13. */
  readonly lawfulBasis: 'consent' | 'contract' | 'law';
}

export const purposeTable = {
  'parcel-pickup': {
    names: { zh: '取快递', en: 'Parcel pickup' },
    tier: 'light',
    claims: ['masked_name', 'masked_number'],
    look: true,
    modes: ['shown'],
    lawfulBasis: 'contract',
  },
} as const satisfies Record<string, PurposeRow>;

/** A named task that a card may be used for. */
export type PurposeId = keyof typeof purposeTable;

/** All purposes, in the order in which screens list them. */
export const purposeIds = ['parcel-pickup'] as const satisfies readonly PurposeId[];
