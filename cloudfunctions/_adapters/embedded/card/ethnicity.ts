import type { ReadText } from '../../../_core/proofing/ports';
import type { Alphabet } from '../ocr/alphabet';
import { choose, type Segment } from './reading';

/** The 56 recognised ethnic groups as the card writes them (GB/T 3304-1991), and the one further name that the police print. */
const names = [
  ...[
    '汉',
    '蒙古',
    '回',
    '藏',
    '维吾尔',
    '苗',
    '彝',
    '壮',
    '布依',
    '朝鲜',
    '满',
    '侗',
    '瑶',
    '白',
    '土家',
    '哈尼',
    '哈萨克',
    '傣',
    '黎',
  ],
  ...[
    '傈僳',
    '佤',
    '畲',
    '高山',
    '拉祜',
    '水',
    '东乡',
    '纳西',
    '景颇',
    '柯尔克孜',
    '土',
    '达斡尔',
    '仫佬',
    '羌',
    '布朗',
    '撒拉',
    '毛南',
  ],
  ...[
    '仡佬',
    '锡伯',
    '阿昌',
    '普米',
    '塔吉克',
    '怒',
    '乌孜别克',
    '俄罗斯',
    '鄂温克',
    '德昂',
    '保安',
    '裕固',
    '京',
    '塔塔尔',
    '独龙',
  ],
  ...['鄂伦春', '赫哲', '门巴', '珞巴', '基诺', '穿青人'],
];

/** A reading that is no ethnic group is wrong in some character, however clear each of them looked. */
const unlistedConfidence = 0.3;

/** A label next to the name may have been taken into its row; no name holds a character of a label. */
const withoutLabels = (read: ReadText): ReadText => ({
  ...read,
  value: read.value.replace(/^[姓名性别民族出生住址]+|[姓名性别民族出生住址]+$/g, ''),
});

/**
 * The ethnic group: as read when it is one, else the only one of them that the print can well be, else as read.
 *
 * @param read what was read without knowing the names
 * @param segments where it stands; several when the print fell apart
 */
export function readEthnicity(
  read: ReadText | null,
  segments: readonly Segment[],
  alphabet: Alphabet,
): ReadText | null {
  const bare = read && withoutLabels(read);
  if (bare !== null && names.includes(bare.value)) return bare;
  const [segment, ...others] = segments;
  const chosen = segment === undefined || others.length > 0 ? null : choose(segment, names, alphabet);
  if (chosen !== null) return chosen;
  return read === null ? null : { ...read, confidence: Math.min(read.confidence, unlistedConfidence) };
}
