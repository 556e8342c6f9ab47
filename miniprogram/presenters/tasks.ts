import { isTierEnough, purposeTable, servesWhileLimited, type Card, type PurposeId, type StepUp } from '../protocol';
import type { Language } from './guidance';
import { purposesIn } from './purposes';

/** What keeps a card from serving a task, the most lasting first. */
export type Obstacle = 'tier' | 'fingerprint' | 'limited';

type Serving = Pick<Card, 'tier' | 'fingerprint' | 'limitedUntil'>;

/** What keeps a valid card from serving a task; null where nothing does. No task waits for a face template: without one the portrait is compared with. */
export const obstacleOf = (card: Serving, purpose: PurposeId): Obstacle | null => {
  if (!isTierEnough(card.tier, purpose)) return 'tier';
  if (purposeTable[purpose].stepUp.includes('fingerprint') && card.fingerprint !== 'bound') return 'fingerprint';
  return card.limitedUntil !== undefined && !servesWhileLimited(purpose) ? 'limited' : null;
};

/** A task as the first screen lists it. */
export interface ListedTask {
  readonly id: PurposeId;
  readonly name: string;
  /** What it asks the holder to prove, or what is missing; empty where there is nothing to say. */
  readonly note: string;
  /** What is missing; empty where the card serves. */
  readonly obstacle: Obstacle | '';
  readonly icon: string;
}

const words = {
  zh: {
    asks: '需要当场验证',
    and: '和',
    proofs: { fingerprint: '指纹', face: '面容' },
    obstacles: {
      tier: '需要彩卡：请带身份证到柜台升级',
      fingerprint: '还没有绑定指纹，点这里绑定',
      limited: '换到本机不满一天，暂不可用',
    },
  },
  en: {
    asks: 'Asks for your',
    and: ' and ',
    proofs: { fingerprint: 'fingerprint', face: 'face' },
    obstacles: {
      tier: 'Needs a colour card, at a counter',
      fingerprint: 'No fingerprint bound yet: do it here',
      limited: 'Not on its first day on this phone',
    },
  },
} as const;

const noteOf = (purpose: PurposeId, obstacle: Obstacle | null, language: Language): string => {
  const said = words[language];
  if (obstacle) return said.obstacles[obstacle];
  const asked: readonly StepUp[] = purposeTable[purpose].stepUp;
  const proofs = asked.map((step) => said.proofs[step]).join(said.and);
  return proofs === '' ? '' : language === 'zh' ? `${said.asks}${proofs}` : `${said.asks} ${proofs}`;
};

const listTask = (card: Serving, purpose: PurposeId, icon: string, language: Language): ListedTask => {
  const obstacle = obstacleOf(card, purpose);
  return {
    id: purpose,
    name: purposeTable[purpose].names[language],
    note: noteOf(purpose, obstacle, language),
    obstacle: obstacle ?? '',
    icon: obstacle ? 'lock' : icon,
  };
};

/** The tasks for which a card is shown to whoever scans it. */
export const shownTasks = (card: Serving, language: Language): ListedTask[] =>
  purposesIn('shown').map((purpose) => listTask(card, purpose, 'qr', language));

/** The tasks that begin with a counter's code and cannot be done otherwise. */
export const counterTasks = (card: Serving, language: Language): ListedTask[] =>
  purposesIn('bound')
    .filter((purpose) => !purposeTable[purpose].modes.includes('shown'))
    .map((purpose) => listTask(card, purpose, 'check', language));

/** The names of the tasks that a limited card serves, in one line. */
export const tasksWhileLimited = (language: Language): string =>
  purposesIn('shown')
    .filter(servesWhileLimited)
    .map((purpose) => purposeTable[purpose].names[language])
    .join(language === 'zh' ? '、' : ', ');
