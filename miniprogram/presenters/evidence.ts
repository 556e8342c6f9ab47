import type { Language } from './guidance';

/** What speaks against the log, as the phone kept it. */
interface KeptEvidence {
  readonly fault: string;
  readonly before: { readonly text: string; readonly key: object | null } | null;
  readonly now: { readonly text: string; readonly key: object | null } | null;
  readonly foundAt: number;
}

const words = {
  zh: '虚拟身份卡公开日志的证据。before 是这部手机先前核对过的检查点，now 是后来收到的；两者各附签名密钥。检查点是 ES256 签名的 JWS（RFC 7515），任何人都可以验证。其中没有个人信息。',
  en: 'Evidence about the public log of the virtual identity card. "before" is the checkpoint that this phone had checked, "now" is what came later, each with the key that signed it. A checkpoint is a JWS signed with ES256 (RFC 7515): anyone can verify it. Nothing in it is about a person.',
} as const;

/** The evidence as a text that can be handed to anybody: words, and JSON that a program can read. */
export const evidenceText = (evidence: readonly KeptEvidence[], language: Language): string => {
  const found = evidence.map(({ fault, before, now, foundAt }) => ({
    fault,
    foundAt: new Date(foundAt).toISOString(),
    before,
    now,
  }));
  return `${words[language]}\n\n${JSON.stringify(found, null, 2)}\n`;
};
