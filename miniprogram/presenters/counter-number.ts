import type { Refusal } from '../protocol';
import { showLeft } from './countdown';
import type { Language, PhoneTrouble } from './guidance';
import { tellRefusal, type ToldRefusal } from './refusal';

/** A number, as it is read out. */
export interface ShownNumber {
  /** In groups of three or four. */
  readonly groups: string;
  /** What is left of its time, as `m:ss`. */
  readonly left: string;
  readonly isOver: boolean;
  /** Digit by digit, for whoever listens. */
  readonly label: string;
}

const words = {
  zh: {
    label: '柜台号码：',
    tooMany: '这个小时不再给出号码',
    tooManyText: '一小时内最多领 20 个号码，您都已领过。请告诉柜台，等下一个整点再领。',
  },
  en: {
    label: 'Number for the counter: ',
    tooMany: 'No further number this hour',
    tooManyText:
      'There are 20 numbers an hour at most, and you have had them. Tell the staff, and get one after the full hour.',
  },
} as const;

/** A number and its time. @param left milliseconds */
export const showNumber = (number: string, left: number, language: Language): ShownNumber => {
  return {
    groups: `${number.slice(0, 4)} ${number.slice(4)}`,
    left: showLeft(left),
    isOver: left <= 0,
    label: words[language].label + [...number].join(' '),
  };
};

/** Why no number is given, and what can be done about it. */
export const tellNoNumber = (refusal: Refusal | PhoneTrouble, language: Language): ToldRefusal => {
  const told = tellRefusal(refusal, language);
  const { tooMany, tooManyText } = words[language];
  return refusal.code === 'too_many_requests' ? { ...told, title: tooMany, text: tooManyText } : told;
};
