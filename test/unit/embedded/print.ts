import { rectangle } from '../../../cloudfunctions/_adapters/embedded/image/geometry';
import type { Alphabet } from '../../../cloudfunctions/_adapters/embedded/ocr/alphabet';
import { decode } from '../../../cloudfunctions/_adapters/embedded/ocr/ctc';
import type { TextLine } from '../../../cloudfunctions/_adapters/embedded/ocr/recognise';

/** Every character that the tests print; 仫 is left out, as in the recogniser's own list. */
const known = [
  ...new Set(
    '姓名性别民族出生住址公民身份号码林知远男女汉蒙古年月日浙江省杭州市西湖区云栖里路号幢室0123456789X.-·' +
      '中华人民共和国居民身份证签发机关有效期限公安局分长期机动车驾驶证样本达斡尔翰仡佬亿阿依丽旅本报记者' +
      '蒙古回藏维吾尔苗彝壮布依朝鲜满侗瑶白土家哈尼萨克傣黎傈僳佤畲高山拉祜水东乡纳景颇柯孜羌朗撒毛南锡伯阿昌普米塔吉怒乌' +
      '俄罗斯鄂温德保裕固京独龙伦春赫哲门巴珞基诺穿青',
  ),
];
const characters = ['', ...known];

export const alphabet: Alphabet = { characters, classes: new Map(known.map((character, i) => [character, i + 1])) };

/** A character as the recogniser might see it: itself, or with other candidates for it. */
export type Seen = string | Readonly<Record<string, number>>;

/** Height of the print, and width of a Chinese character. */
const height = 40;

/** A line of print as the recogniser would return it: each character takes three steps, the middle one says which. */
export function line(x: number, y: number, print: string | readonly Seen[]): TextLine {
  const seen: readonly Seen[] = typeof print === 'string' ? [...print] : print;
  const classes = characters.length;
  const count = seen.length * 3;
  const probabilities = new Float32Array(count * classes);
  const say = (step: number, character: string, probability: number): void => {
    probabilities[step * classes + (alphabet.classes.get(character) ?? 0)] = probability;
  };
  seen.forEach((one, i) => {
    say(i * 3, '', 0.99);
    for (const [character, probability] of Object.entries(typeof one === 'string' ? { [one]: 0.98 } : one)) {
      say(i * 3 + 1, character, probability);
    }
    say(i * 3 + 2, '', 0.99);
  });
  const steps = { probabilities, count, classes };
  return {
    quad: rectangle(x, y, seen.length * height, height),
    emissions: decode(steps, alphabet),
    steps,
    position: (step) => (step + 0.5) / count,
  };
}
