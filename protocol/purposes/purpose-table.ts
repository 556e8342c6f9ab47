import type { DisclosableClaim } from './claims';

/** What a card was proofed by: `light` remotely, `full` by an operator at a counter who saw person and physical card. */
export type Tier = 'light' | 'full';

/** How a card is presented: `shown` to any terminal, `bound` to the one whose counter code was scanned first, `offline` by a pass. */
export type Mode = Exclude<CheckMode, 'asked'>;

/** How a card was checked: as it can be presented, or `asked` for by an institution's server, to which the phone itself hands the code in. */
export const checkModes = ['shown', 'bound', 'offline', 'asked'] as const;
export type CheckMode = (typeof checkModes)[number];

/** What the holder must prove anew, at the moment of showing. */
export type StepUp = 'fingerprint' | 'face';

/** What a card may be used for. Everything that depends on the purpose is decided by its row. */
export interface Purpose {
  readonly names: { readonly zh: string; readonly en: string };
  /** The least tier that serves. */
  readonly tier: Tier;
  /** The most that may be disclosed. */
  readonly claims: readonly DisclosableClaim[];
  /** Staff compare the portrait with the person. */
  readonly look: boolean;
  readonly modes: readonly Mode[];
  readonly stepUp: readonly StepUp[];
  /** For how many days an institution that was told may ask after the card and hears of its end; 0: this once. */
  readonly consentDays: number;
  /** PIPL, article 13. */
  readonly lawfulBasis: 'consent' | 'contract' | 'law';
}

/** All purposes, in the order in which screens list them: light tasks first, critical ones last. */
export const purposeIds = [
  'age-check',
  'parcel-pickup',
  'internet-cafe',
  'exam-entry',
  'train-ticket',
  'hotel-check-in',
  'government-counter',
  'bank-account-opening',
] as const;

/** A named task that a card may be used for. */
export type PurposeId = (typeof purposeIds)[number];

export const purposeTable: Readonly<Record<PurposeId, Purpose>> = {
  // The answer alone: no portrait, no name.
  'age-check': {
    names: { zh: '年龄核验', en: 'Age check' },
    tier: 'light',
    claims: ['age_over_18'],
    look: false,
    modes: ['shown', 'bound', 'offline'],
    stepUp: [],
    consentDays: 0,
    lawfulBasis: 'consent',
  },
  'parcel-pickup': {
    names: { zh: '取快递', en: 'Parcel pickup' },
    tier: 'light',
    claims: ['masked_name', 'masked_number'],
    look: true,
    modes: ['shown', 'bound', 'offline'],
    stepUp: [],
    consentDays: 0,
    lawfulBasis: 'contract',
  },
  // Regulations on Internet Access Service Business Venues, articles 21 and 23: no minors, and identity is checked.
  'internet-cafe': {
    names: { zh: '上网登记', en: 'Internet café' },
    tier: 'light',
    claims: ['age_over_18', 'masked_name'],
    look: true,
    modes: ['shown', 'bound'],
    stepUp: [],
    consentDays: 0,
    lawfulBasis: 'law',
  },
  // A lent card is the usual fraud at an examination: the face is shown anew.
  'exam-entry': {
    names: { zh: '考试入场', en: 'Exam entry' },
    tier: 'light',
    claims: ['name', 'number'],
    look: true,
    modes: ['bound'],
    stepUp: ['face'],
    consentDays: 0,
    lawfulBasis: 'contract',
  },
  // Real-name rules for railway tickets: name and number reach the carrier.
  'train-ticket': {
    names: { zh: '购火车票', en: 'Train ticket' },
    tier: 'light',
    claims: ['name', 'number'],
    look: true,
    modes: ['bound'],
    stepUp: ['fingerprint'],
    consentDays: 30,
    lawfulBasis: 'law',
  },
  // Measures for the Security of Hotels: guests are registered with the police.
  'hotel-check-in': {
    names: { zh: '酒店入住', en: 'Hotel check-in' },
    tier: 'full',
    claims: ['name', 'number', 'sex', 'ethnicity', 'birthdate', 'address'],
    look: true,
    modes: ['bound'],
    stepUp: ['fingerprint'],
    consentDays: 0,
    lawfulBasis: 'law',
  },
  'government-counter': {
    names: { zh: '政务窗口', en: 'Government counter' },
    tier: 'full',
    claims: ['name', 'number', 'sex', 'birthdate', 'address'],
    look: true,
    modes: ['bound'],
    stepUp: ['fingerprint'],
    consentDays: 90,
    lawfulBasis: 'law',
  },
  'bank-account-opening': {
    names: { zh: '银行开户', en: 'Opening a bank account' },
    tier: 'full',
    claims: ['name', 'number', 'sex', 'birthdate', 'address', 'document_issuing_authority', 'document_expires_on'],
    look: true,
    modes: ['bound'],
    stepUp: ['fingerprint', 'face'],
    consentDays: 365,
    lawfulBasis: 'law',
  },
};

/** Whether a card of that tier serves a purpose. */
export const isTierEnough = (tier: Tier, purpose: PurposeId): boolean =>
  tier === 'full' || purposeTable[purpose].tier === 'light';

/** What a partner is registered for: a purpose, and the claims that it may be told; at most the purpose's own. */
export interface Grant {
  readonly purpose: PurposeId;
  readonly claims: readonly DisclosableClaim[];
}
