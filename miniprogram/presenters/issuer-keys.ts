import { isPastSigning, type CriticalActKind, type KeyStanding, type ListKeysReply } from '../protocol';
import { showMoment } from './days';
import type { Fact } from './facts';
import { grouped } from './figures';
import type { Language } from './guidance';

/** A key of the service's own, by its name. */
export type ListedKey = ListKeysReply['keys'][number];

const words = {
  zh: {
    standings: { signing: '正在签发', overlap: '仍受信任', coming: '尚未启用', over: '已到期', refused: '不再可信' },
    texts: {
      signing: { cards: '新虚拟身份卡和所有证件状态都由它签发。', receipts: '新回执都由它签发。' },
      overlap: '目前不用它签发；它签过的仍受信任。',
      coming: '还没有到启用时间，尚未签发任何内容。',
      over: '有效期已过，它签过的都不再有效。',
      refused: '已被标为泄露，它签过的都不再受信任。',
    },
    from: '启用',
    to: '到期',
    queued: '等待换发',
  },
  en: {
    standings: {
      signing: 'Signs now',
      overlap: 'Still trusted',
      coming: 'To come',
      over: 'Over',
      refused: 'Not trusted',
    },
    texts: {
      signing: {
        cards: 'It signs every new card, and the status of all cards.',
        receipts: 'It signs every new receipt.',
      },
      overlap: 'It does not sign now. What it signed is still trusted.',
      coming: 'Its time has not begun, and it has signed nothing.',
      over: 'Its time is over: nothing that it signed holds any more.',
      refused: 'It was called compromised: nothing that it signed is trusted.',
    },
    from: 'From',
    to: 'Until',
    queued: 'Cards to renew',
  },
} as const;

/** How a mark is coloured; its words say the same. */
const tones = { signing: 'good', overlap: 'plain', coming: 'plain', over: 'plain', refused: 'bad' } as const;

/** What a standing is called. */
export const standingName = (standing: KeyStanding, language: Language): string => words[language].standings[standing];

/** A key's name short, as a list of choices shows it: enough to tell a few apart. */
export const shortKid = (kid: string): string => (kid.length > 12 ? `${kid.slice(0, 8)}…` : kid);

/** A key as the page shows it. */
export interface ToldKey {
  readonly kid: string;
  readonly standing: string;
  readonly tone: (typeof tones)[KeyStanding];
  readonly text: string;
  readonly facts: readonly Fact[];
  /** Which acts on its cards this operator may propose. */
  readonly canRevoke: boolean;
  readonly canRenew: boolean;
}

/** Whether an act on the cards of that key does anything: one that is to come has signed none, one that signs would sign them again. */
export const servesAct = ({ use, standing }: ListedKey, kind: CriticalActKind): boolean =>
  use === 'cards' && (kind === 'renew_cards' ? isPastSigning(standing) : standing !== 'coming');

/** Tells a key. @param mine the acts that this operator may propose */
export const tellKey = (key: ListedKey, mine: readonly CriticalActKind[], language: Language): ToldKey => {
  const { kid, use, standing, queued } = key;
  const said = words[language];
  const may = (kind: CriticalActKind): boolean => mine.includes(kind) && servesAct(key, kind);
  return {
    kid,
    standing: said.standings[standing],
    tone: tones[standing],
    text: standing === 'signing' ? said.texts.signing[use] : said.texts[standing],
    facts: [
      { name: said.from, value: showMoment(key.from, language) },
      { name: said.to, value: showMoment(key.to, language) },
      ...(use === 'cards' && (isPastSigning(standing) || queued > 0)
        ? [{ name: said.queued, value: grouped(queued) }]
        : []),
    ],
    canRevoke: may('revoke_cards'),
    canRenew: may('renew_cards'),
  };
};
