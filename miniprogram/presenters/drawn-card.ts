import type { CardFace } from './card-face';
import type { Language } from './guidance';

/** A drawing of the card for whoever has none yet: no person's data. */
export const drawnCard = (language: Language): CardFace => {
  const title = language === 'zh' ? '虚拟身份卡' : 'Virtual identity card';
  return {
    title,
    tier: 'light',
    tierName: language === 'zh' ? '样例' : 'Sample',
    name: language === 'zh' ? '您的姓名' : 'Your name',
    validToName: language === 'zh' ? '有效期至' : 'Valid to',
    validTo: '—',
    status: 'valid',
    statusName: '',
    statusIcon: '',
    isUsable: true,
    label: title,
  };
};
