import { KILL_CODE_GRACE_DAYS, type IssueKillCodeReply, type Refusal } from '../protocol';
import { showMoment } from './days';
import type { Language, PhoneTrouble } from './guidance';
import { tellRefusal } from './refusal';

/** A kill code as it is shown, this once. */
export interface ShownKillCode {
  readonly groups: readonly string[];
  /** Character by character, for whoever listens. */
  readonly label: string;
  /** Where it is typed in. */
  readonly address: string;
  /** Until when the code before still works; empty where there was none. */
  readonly before: string;
  /** A sheet to print or to keep elsewhere. */
  readonly sheet: string;
}

const DAYS = String(KILL_CODE_GRACE_DAYS);

const words = {
  zh: {
    label: '停用码：',
    present: (made: string) => `${made} 生成。生成新的以后，它还可以用 ${DAYS} 天。`,
    before: (until: string) => `之前的停用码在 ${until} 以前仍然有效，之后失效。`,
    tooMany: '暂时不能再生成',
    tooManyText: (from: string | null) =>
      `${DAYS} 天内最多换两次：这样即使有人拿着您的手机，也挤不掉您纸上的停用码。${from === null ? '' : `${from} 起可以再生成。`}`,
    sheet: (code: string, address: string, made: string) => [
      '虚拟身份卡停用码',
      '',
      code,
      '',
      '手机丢失或落入他人之手时，用任何浏览器打开下面的网址，输入停用码。无需登录，虚拟身份卡立即停用。',
      address,
      '',
      `生成于${made}。生成新的停用码后，这一个再过 ${DAYS} 天失效；虚拟身份卡换到另一部手机后，马上失效。`,
      '请与手机分开保管，不要告诉他人：谁有它，谁就能停用您的虚拟身份卡。',
    ],
  },
  en: {
    label: 'Kill code: ',
    present: (made: string) => `Made ${made}. Once there is a new one, it works for ${DAYS} days more.`,
    before: (until: string) => `The code before still works until ${until}, and not after that.`,
    tooMany: 'No further code for now',
    tooManyText: (from: string | null) =>
      `A code is replaced twice in ${DAYS} days at most, so that whoever has your phone cannot push out the one on paper.${from === null ? '' : ` A new one can be made from ${from}.`}`,
    sheet: (code: string, address: string, made: string) => [
      'Kill code of a virtual identity card',
      '',
      code,
      '',
      'If the phone is lost or in other hands, open this address in any browser and type the code in. No login is needed, and the card is stopped at once.',
      address,
      '',
      `Made on ${made}. It ends ${DAYS} days after a new one is made, and at once when the card moves to another phone.`,
      'Keep it away from the phone and tell nobody: whoever has it can stop your card.',
    ],
  },
} as const;

/** What to say of the code that there is. @param since when it was made, in milliseconds since 1970 */
export const tellPresentCode = (since: number, language: Language): string =>
  words[language].present(showMoment(since, language));

/** What to show and to print of a code that was just made. */
export const showKillCode = (
  { code, madeAt, address, replacedUntil }: IssueKillCodeReply,
  language: Language,
): ShownKillCode => {
  const said = words[language];
  const groups = code.split('-');
  return {
    groups,
    label: said.label + groups.map((group) => [...group].join(' ')).join(', '),
    address,
    before: replacedUntil === undefined ? '' : said.before(showMoment(replacedUntil, language)),
    sheet: said.sheet(code, address, showMoment(madeAt, language)).join('\r\n'),
  };
};

/** Why no code was made. */
export const tellNoCode = (
  refusal: Refusal | PhoneTrouble,
  language: Language,
): { readonly title: string; readonly text: string } => {
  if (refusal.code !== 'too_many_requests') return tellRefusal(refusal, language);
  const { tooMany, tooManyText } = words[language];
  const { until } = refusal;
  return { title: tooMany, text: tooManyText(until === undefined ? null : showMoment(until, language)) };
};
