import { purposeTable, type PassFault, type PassUseResult, type PurposeId, type VerifiedPass } from '../protocol';
import type { ToldFact } from './answer-facts';
import { inChina, showAge, showDate } from './days';
import type { Language } from './guidance';
import type { ToldVerdict } from './verdict';

/** A span as people say it: minutes below an hour, else hours. @param milliseconds what has passed */
const showSpan = (milliseconds: number, language: Language): string => {
  const minutes = Math.max(0, Math.ceil(milliseconds / 60_000));
  const hours = Math.ceil(minutes / 60);
  if (minutes < 60) return language === 'zh' ? `${String(minutes)} 分钟` : `${String(minutes)} min`;
  return language === 'zh' ? `${String(hours)} 小时` : `${String(hours)} h`;
};

const momentOf = (at: number, now: number, language: Language): string => {
  const { date, time } = inChina(at);
  return date === inChina(now).date ? time : `${showDate(date, language)} ${time}`;
};

/**
 * What both screens say of a pass: as of when the card is known to be valid, and how old that is at most.
 * @param issuedAt when the pass was issued, milliseconds since 1970
 * @param now the service's time as this phone knows it
 */
export const statusAsOf = (issuedAt: number, now: number, language: Language): string => {
  const moment = momentOf(issuedAt, now, language);
  const age = showSpan(now - issuedAt, language);
  return language === 'zh'
    ? `离线查验，状态截至 ${moment}，距今不超过 ${age}`
    : `Checked offline: status as of ${moment}, not more than ${age} old`;
};

const factWords = {
  zh: {
    signature: ['签名', '有效'],
    shown: ['通行码', '本人手机出示'],
    single: ['一次性', '本机首次；是否在别处用过，联网后核对'],
    status: '虚拟身份卡状态',
    valid: (moment: string) => `${moment} 时有效`,
    old: (age: string) => `不超过 ${age}`,
    tier: '证件等级',
    tiers: { light: '灰卡（线上核验）', full: '彩卡（柜台核验）' },
    purpose: '用途',
  },
  en: {
    signature: ['Signature', 'valid'],
    shown: ['Pass', "shown by the holder's phone"],
    single: ['Single use', 'first on this phone; elsewhere is checked once online'],
    status: 'Card status',
    valid: (moment: string) => `valid at ${moment}`,
    old: (age: string) => `at most ${age}`,
    tier: 'Card',
    tiers: { light: 'grey (checked online)', full: 'colour (seen at a counter)' },
    purpose: 'Purpose',
  },
} as const;

/** The facts of a check without a network, each with its age. @param checkedAt, now the service's time as this phone knows it */
export const toldPassFacts = (pass: VerifiedPass, checkedAt: number, now: number, language: Language): ToldFact[] => {
  const said = factWords[language];
  const issuedAt = pass.issuedAt * 1000;
  return [
    { name: said.signature[0], value: said.signature[1], age: showAge(now - checkedAt, language) },
    { name: said.shown[0], value: said.shown[1], age: showAge(now - pass.shownAt * 1000, language) },
    { name: said.single[0], value: said.single[1], age: '' },
    {
      name: said.status,
      value: said.valid(momentOf(issuedAt, now, language)),
      age: said.old(showSpan(now - issuedAt, language)),
    },
    { name: said.tier, value: said.tiers[pass.tier], age: '' },
    { name: said.purpose, value: purposeTable[pass.purpose].names[language], age: '' },
  ];
};

/** Why a pass was not accepted without a network. */
type OfflineFault =
  PassFault | 'terminal_not_ready' | 'not_registered' | 'used_here' | 'too_many_unsent' | 'storage_failed';

type Kind = 'forged' | 'stale' | 'other' | 'used' | 'ended' | 'terminal' | 'registration' | 'full' | 'storage';

const kinds: Readonly<Record<OfflineFault, Kind>> = {
  malformed: 'forged',
  unknown_key: 'forged',
  key_not_valid: 'forged',
  bad_signature: 'forged',
  bad_binding: 'forged',
  foreign_claim: 'forged',
  wrong_claims: 'forged',
  not_offline: 'forged',
  tier_too_low: 'forged',
  not_yet_valid: 'stale',
  stale: 'stale',
  from_future: 'stale',
  expired: 'ended',
  other_purpose: 'other',
  used_here: 'used',
  terminal_not_ready: 'terminal',
  not_registered: 'registration',
  too_many_unsent: 'full',
  storage_failed: 'storage',
};

const verdicts = {
  zh: {
    forged: ['不能接受', '不是有效的离线通行码。', '请对方出示实体身份证。'],
    stale: ['这个码不能用', '不是刚刚出示的，或两部手机的时间相差太多。', '请对方重新出示，再扫一次；不要扫截图。'],
    ended: ['通行码已失效', '通行码最多有效一天。', '请对方联网后再出示，或出示实体身份证。'],
    other: ['用途不同', '对方出示的用途与您选的不同。', '请对方按您的用途重新出示。'],
    used: ['已经用过', '这个通行码在本机已被接受过。', '请对方出示新的通行码。'],
    terminal: [
      '本机还不能离线查验',
      '本机没有联网，或超过 7 天没有联网。',
      '请先联网打开一次，或请对方出示实体身份证。',
    ],
    registration: ['本店不能这样查验', '贵店没有登记此用途的全部内容。', '请联系贵店的管理员。'],
    full: ['请先联网', '离线接受的通行码已达上限，还没有上报。', '联网后会自动上报，然后可以继续。'],
    storage: ['未能记录', '手机存储读写失败，没有接受。', '请清理空间后再扫一次。'],
  },
  en: {
    forged: ['Do not accept it', 'This is no valid offline pass.', 'Ask for the physical identity card.'],
    stale: [
      'This code does not serve',
      'It was not shown just now, or the clocks of the two phones differ too much.',
      'Ask for it to be shown anew and scan again. Do not scan screenshots.',
    ],
    ended: [
      'The pass has ended',
      'A pass lives a day at most.',
      'Ask them to show the card with a network, or for the physical card.',
    ],
    other: ['Another purpose', 'It is shown for another purpose than yours.', 'Ask for it to be shown for this one.'],
    used: ['Used before', 'This phone has accepted this pass already.', 'Ask for another pass.'],
    terminal: [
      'This phone cannot check offline yet',
      'It was never online, or not for seven days.',
      'Go online once, or ask for the physical card.',
    ],
    registration: [
      'Your shop cannot check this',
      'It is not registered for all that a pass tells.',
      'Tell the manager of your shop.',
    ],
    full: [
      'Go online first',
      'So many passes were accepted offline that they must be handed in.',
      'They are handed in as soon as there is a network; then you can go on.',
    ],
    storage: [
      'It was not noted',
      "The phone's storage failed, so the pass was not accepted.",
      'Free some space and scan again.',
    ],
  },
} as const satisfies Record<Language, Record<Kind, readonly [string, string, string]>>;

/** The verdict of a pass that was not accepted. */
export const tellOfflineFault = (fault: OfflineFault, language: Language): ToldVerdict => {
  const kind = kinds[fault];
  const [title, text, todo] = verdicts[language][kind];
  const tone = kind === 'forged' || kind === 'used' || kind === 'registration' ? 'bad' : 'warn';
  return { tone, title, text, todo, canAskAgain: false };
};

/** What became of a pass that was handed in, where staff must know it. */
export interface ToldReport {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

interface Reported {
  readonly result: PassUseResult;
  readonly acceptedAt: number;
  readonly purpose: PurposeId;
}

const reportText = (result: PassUseResult, now: number, language: Language): string => {
  const isChinese = language === 'zh';
  if (result.outcome === 'refused') {
    return isChinese ? '平台没有承认这个通行码。' : 'The service did not recognise this pass.';
  }
  if (result.outcome === 'used_before') {
    const first = momentOf(result.firstUsedAt, now, language);
    return isChinese
      ? `同一个通行码在 ${first} 已被使用过，持证人也会看到。`
      : `The same pass had been used at ${first}. Its holder sees it too.`;
  }
  const since = momentOf(result.notValidSince ?? now, now, language);
  return isChinese ? `虚拟身份卡在 ${since} 起已经不再有效。` : `The card had not been valid any more since ${since}.`;
};

/** A report as staff read it. @param now milliseconds since 1970, for the name of the present day */
export const tellReport = ({ result, acceptedAt, purpose }: Reported, now: number, language: Language): ToldReport => ({
  id: result.requestId,
  title: `${purposeTable[purpose].names[language]} · ${momentOf(acceptedAt, now, language)}`,
  text: reportText(result, now, language),
});
