import { destroyedParts, type DeletionProofContent } from '../protocol';
import { showMoment } from './days';
import type { Language } from './guidance';
import { capital } from './said';

type Part = DeletionProofContent['destroyed'][number];

/** A deletion that was made, as its page tells it. */
export interface ToldDeletion {
  readonly isProved: boolean;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  /** What was destroyed, by its names. */
  readonly destroyed: readonly string[];
  /** A file to keep: what it is, and the proof itself on its last line. */
  readonly file: string;
}

const words = {
  zh: {
    issuer: '由谁签发',
    at: '删除时间',
    id: '编号',
    unreadable: '不再能读的记录',
    events: (count: number) => `${String(count)} 条`,
    file: [
      '虚拟身份卡删除证明',
      '它证明签发方销毁了什么、在何时；其中没有您的任何信息。',
      '最后一行是签名的证明，任何人都可以用签发方公布的密钥核对：',
    ],
    destroyed: '已销毁：',
  },
  en: {
    issuer: 'Signed by',
    at: 'Deleted',
    id: 'Reference',
    unreadable: 'Entries that nobody can read any more',
    events: (count: number) => String(count),
    file: [
      'Proof of the deletion of a virtual identity card',
      'It says what the issuer destroyed, and when. It names nobody.',
      'The last line is the signed proof. Anybody can verify it with the keys that the issuer publishes:',
    ],
    destroyed: 'Destroyed: ',
  },
} as const;

const parts = {
  person: { zh: '身份资料', en: 'personal data' },
  portrait: { zh: '证件照', en: 'portrait' },
  data_key: { zh: '加密记录的密钥', en: 'the key that your entries were sealed with' },
  card: { zh: '虚拟身份卡', en: 'card' },
  holder_key: { zh: '手机密钥的登记', en: "the record of your phone's key" },
  account_binding: { zh: '与微信账号的绑定', en: 'the tie to your WeChat account' },
  showings: { zh: '出示记录', en: 'showings' },
  kill_code: { zh: '停用码', en: 'kill code' },
  fingerprint: { zh: '指纹绑定', en: 'fingerprint binding' },
  face_template: { zh: '人脸特征', en: 'measure of your face' },
  enrolments: { zh: '办理记录', en: 'enrolments' },
} as const satisfies Record<Part, { readonly zh: string; readonly en: string }>;

const named = (language: Language, destroyed: readonly Part[]): string[] =>
  destroyed.map((part) => parts[part][language]);

const listed = (names: readonly string[], language: Language): string => names.join(language === 'zh' ? '、' : ', ');

/** What a deletion destroys, in one line. */
export const destroyedInWords = (language: Language): string =>
  capital(listed(named(language, destroyedParts), language));

/** Where the issuer publishes its keys. */
const KEYS = '/.well-known/jwks.json';

/** How to tell of a deletion. @param proved what the proof says; null where it was not verified */
export const tellDeletion = (
  { proof, proved }: { readonly proof: string; readonly proved: DeletionProofContent | null },
  language: Language,
): ToldDeletion => {
  if (!proved) return { isProved: false, facts: [], destroyed: [], file: proof };
  const said = words[language];
  const at = showMoment(proved.deletedAt * 1000, language);
  const destroyed = named(language, proved.destroyed);
  const facts = [
    { name: said.at, value: at },
    { name: said.issuer, value: proved.issuer },
    { name: said.unreadable, value: said.events(proved.unreadableEvents) },
    { name: said.id, value: proved.id },
  ];
  const file = [
    ...said.file,
    `${proved.issuer}${KEYS}`,
    '',
    ...facts.map(({ name, value }) => `${name}${language === 'zh' ? '：' : ': '}${value}`),
    said.destroyed + listed(destroyed, language),
    '',
    proof,
  ];
  return { isProved: true, facts, destroyed, file: file.join('\r\n') };
};
