import { endReasonTable, type FindCardReply, type HoldReason } from '../protocol';
import { inChina, showDate, showMoment } from './days';
import type { Fact } from './facts';
import type { Language } from './guidance';
import { reasonName } from './operator-reasons';
import { groupedReference } from './reference';

const words = {
  zh: {
    card: '卡号',
    tier: '等级',
    minted: '办卡时间',
    tiers: { light: '灰卡', full: '彩卡' },
    status: { valid: '有效', suspended: '已停用', revoked: '已吊销', expired: '已到期' },
  },
  en: {
    card: 'Card id',
    tier: 'Tier',
    minted: 'Made',
    tiers: { light: 'Grey', full: 'Colour' },
    status: { valid: 'Valid', suspended: 'Suspended', revoked: 'Revoked', expired: 'Expired' },
  },
} as const;

/** A card as an operator sees it: how it stands, what stops it, and what can be done. */
export interface ToldCard {
  readonly title: string;
  readonly tone: 'good' | 'warn' | 'bad';
  readonly facts: readonly Fact[];
  /** All that stops it, with when, the gravest first. */
  readonly stops: readonly Fact[];
  readonly canHold: boolean;
  readonly canRelease: boolean;
  readonly canRevoke: boolean;
}

const tones = { valid: 'good', suspended: 'warn', revoked: 'bad', expired: 'warn' } as const;

/** Tells how a card stands. */
export const tellCard = ({ card, status, tier, mintedAt, stops }: FindCardReply, language: Language): ToldCard => {
  const said = words[language];
  const isOver = status === 'revoked';
  return {
    title: said.status[status],
    tone: tones[status],
    facts: [
      { name: said.card, value: groupedReference(card), isCode: true },
      { name: said.tier, value: said.tiers[tier] },
      { name: said.minted, value: showMoment(mintedAt, language) },
    ],
    stops: [...stops]
      .reverse()
      .map(({ reason, at }) => ({ name: showDate(inChina(at).date, language), value: reasonName(reason, language) })),
    canHold: !isOver,
    canRelease: !isOver && stops.some(({ reason }) => endReasonTable[reason].remedy === 'operator'),
    canRevoke: !isOver,
  };
};

/** A card as it stands once an operator has held it. @param at milliseconds since 1970 */
export const heldNow = (found: FindCardReply, reason: HoldReason, at: number): FindCardReply => ({
  ...found,
  status: found.status === 'expired' ? 'expired' : 'suspended',
  stops: found.stops.some((one) => one.reason === reason) ? found.stops : [...found.stops, { reason, at }],
});
