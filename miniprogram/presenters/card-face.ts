import type { Card } from '../protocol';
import { showDate } from './days';
import type { Language } from './guidance';

/** What the card's face shows. */
export interface CardFace {
  readonly title: string;
  readonly tier: Card['tier'];
  readonly tierName: string;
  readonly name: string;
  readonly validToName: string;
  readonly validTo: string;
  readonly status: Card['status'];
  readonly statusName: string;
  readonly statusIcon: string;
  readonly isUsable: boolean;
  /** All of it in one sentence, for whoever listens. */
  readonly label: string;
}

const words = {
  zh: {
    title: '虚拟身份卡',
    tiers: { light: '灰卡', full: '彩卡' },
    validTo: '有效期至',
    statuses: { valid: '可以使用', suspended: '已停用', revoked: '已吊销', expired: '已到期' },
    elsewhere: '在另一部手机',
  },
  en: {
    title: 'Virtual identity card',
    tiers: { light: 'Grey card', full: 'Colour card' },
    validTo: 'Valid to',
    statuses: { valid: 'Ready to use', suspended: 'Suspended', revoked: 'Revoked', expired: 'Expired' },
    elsewhere: 'On another phone',
  },
} as const;

const icons = { valid: 'check', suspended: 'pause', revoked: 'cross', expired: 'clock' } as const;

/** The face of a card. @param isHere whether this phone can show it */
export const cardFace = (card: Card, language: Language, isHere = true): CardFace => {
  const { title, tiers, validTo, statuses, elsewhere } = words[language];
  const isAway = !isHere && card.status === 'valid';
  const statusName = isAway ? elsewhere : statuses[card.status];
  const until = showDate(card.validTo, language);
  return {
    title,
    tier: card.tier,
    tierName: tiers[card.tier],
    name: card.maskedName,
    validToName: validTo,
    validTo: until,
    status: card.status,
    statusName,
    statusIcon: isAway ? 'lock' : icons[card.status],
    isUsable: card.status === 'valid' && isHere,
    label: `${title}, ${tiers[card.tier]}, ${card.maskedName}, ${statusName}, ${validTo} ${until}`,
  };
};
