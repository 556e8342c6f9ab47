import type { Refusal } from '../protocol';
import { showLeft } from './countdown';
import type { ShownNumber } from './counter-number';
import type { Language, PhoneTrouble } from './guidance';
import { tellRefusal, type ToldRefusal } from './refusal';

const words = {
  zh: {
    label: '要念的号码：',
    tooMany: '这个小时不再给出号码',
    tooManyText: '一小时内最多领 20 个号码，您都已领过。请等下一个整点再领。',
  },
  en: {
    label: 'Number to read out: ',
    tooMany: 'No further number this hour',
    tooManyText: 'There are 20 numbers an hour at most, and you have had them. Get one after the full hour.',
  },
} as const;

/** A number that is read out to an institution, and its time. @param left milliseconds */
export const showAskNumber = (number: string, left: number, language: Language): ShownNumber => ({
  groups: (number.match(/.{1,3}/g) ?? []).join(' '),
  left: showLeft(left),
  isOver: left <= 0,
  label: words[language].label + [...number].join(' '),
});

/** Why no number is given, and what can be done about it. */
export const tellNoAskNumber = (refusal: Refusal | PhoneTrouble, language: Language): ToldRefusal => {
  const told = tellRefusal(refusal, language);
  const { tooMany, tooManyText } = words[language];
  return refusal.code === 'too_many_requests' ? { ...told, title: tooMany, text: tooManyText } : told;
};
