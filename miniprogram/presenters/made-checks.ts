import { purposeTable, type MadeCheck, type PartnerShop } from '../protocol';
import { inChina, showDate } from './days';
import { toldByName } from './disclosure';
import type { Language } from './guidance';

/** What a receipt is worth, as `services/receipts` found. */
export type ReceiptState = 'signed' | 'unchecked' | 'wrong' | 'none';

/** A check as the business lists it. */
export interface ListedCheck {
  readonly id: string;
  readonly time: string;
  readonly title: string;
  readonly place: string;
  readonly told: string;
  readonly look: string;
  readonly isLookBad: boolean;
  readonly receipt: { readonly tone: 'good' | 'soft' | 'bad'; readonly icon: string; readonly text: string };
}

/** The checks of one day in China. */
export interface ListedCheckDay {
  readonly date: string;
  readonly name: string;
  readonly checks: readonly ListedCheck[];
}

const words = {
  zh: {
    told: '告知：',
    looks: { same: '核对：是本人', unsure: '核对：不能确定', different: '核对：不是本人' },
    unsaid: '还没有填写核对结果',
    today: '今天',
    gone: '已关闭的店铺或贵方服务器',
    receipts: {
      signed: '回执已在本机验证',
      unchecked: '回执未验证',
      wrong: '回执无效：签名不对，或与这次查验不符。请联系平台。',
      none: '离线通行码，无回执',
    },
  },
  en: {
    told: 'Told: ',
    looks: { same: 'Look: same person', unsure: 'Look: not sure', different: 'Look: not the same person' },
    unsaid: 'Nobody has said yet what the look came to',
    today: 'Today',
    gone: 'a closed shop, or your own server',
    receipts: {
      signed: 'Receipt verified on this phone',
      unchecked: 'Receipt not checked',
      wrong: 'Receipt not valid: not signed by the issuer, or of another check. Tell the service.',
      none: 'An offline pass, without a receipt',
    },
  },
} as const;

const receiptLooks = {
  signed: { tone: 'good', icon: 'shield' },
  unchecked: { tone: 'soft', icon: 'question' },
  wrong: { tone: 'bad', icon: 'warn' },
  none: { tone: 'soft', icon: 'offline' },
} as const satisfies Record<ReceiptState, Omit<ListedCheck['receipt'], 'text'>>;

const lookOf = ({ look, purpose }: MadeCheck, language: Language): string => {
  const said = words[language];
  if (look !== null) return said.looks[look];
  return purposeTable[purpose].look ? said.unsaid : '';
};

const listed = (
  check: MadeCheck,
  shops: readonly PartnerShop[],
  receipt: ReceiptState,
  language: Language,
): ListedCheck => {
  const said = words[language];
  const { purpose, claims, shop, terminal, look } = check;
  const told = toldByName(claims, purposeTable[purpose].look, language).join(language === 'zh' ? '、' : ', ');
  const place = shops.find(({ id }) => id === shop)?.names[language] ?? said.gone;
  return {
    id: check.id,
    time: inChina(check.at).time,
    title: purposeTable[purpose].names[language],
    place: `${place} · ${terminal}`,
    told: said.told + told,
    look: lookOf(check, language),
    isLookBad: look === 'different',
    receipt: { ...receiptLooks[receipt], text: said.receipts[receipt] },
  };
};

/**
 * The checks by days, newest first.
 * @param receipts what each check's receipt is worth, by the check's id; what is not among them was not checked
 * @param now milliseconds since 1970, for the name of the present day
 */
export const listCheckDays = (
  checks: readonly MadeCheck[],
  shops: readonly PartnerShop[],
  receipts: ReadonlyMap<string, ReceiptState>,
  now: number,
  language: Language,
): ListedCheckDay[] => {
  const today = inChina(now).date;
  const days = new Map<string, ListedCheck[]>();
  for (const check of checks) {
    const { date } = inChina(check.at);
    const line = listed(check, shops, receipts.get(check.id) ?? 'unchecked', language);
    days.set(date, [...(days.get(date) ?? []), line]);
  }
  return [...days].map(([date, ofDay]) => ({
    date,
    name: date === today ? words[language].today : showDate(date, language),
    checks: ofDay,
  }));
};
