import { DELETIONS_PATH } from '../_adapters/crypto/deletion-issuer';
import { pageOf, type PageLanguage } from '../_adapters/runtime/page';
import type { Deletion } from '../_core/card/erasure';

const words = {
  zh: {
    tag: 'zh-CN',
    deleted: '已删除',
    when: (moment: string, entries: number) =>
      `${moment}（北京时间），一个人的全部资料已销毁：身份资料、证件照、密钥、虚拟身份卡、出示记录、停用码、指纹和人脸的登记、办理记录。总日志中的 ${String(entries)} 条记录再也没有人能读出。`,
    proof: '签名的证明',
    how: '证明不含您的任何信息，此处保存三十天，请自行留存。它是 ES256 签名的 JWS（RFC 7515），任何人都可以用公布的密钥核对：',
    missingTitle: '这里没有删除证明',
    missing:
      '可能还没有删除：确认后通常两分钟内完成，请稍后再打开。证明在删除三十天后不再保存。地址抄错时也会看到这一页。',
    other: 'English',
  },
  en: {
    tag: 'en',
    deleted: 'Deleted',
    when: (moment: string, entries: number) =>
      `On ${moment} (Beijing time) everything of one person was destroyed: identity data, portrait, keys, card, showings, kill codes, what was bound of finger and face, enrolments. ${String(entries)} entries of the log can be read by nobody any more.`,
    proof: 'The signed proof',
    how: 'The proof holds nothing about you. It lies here for thirty days: keep it yourself. It is a JWS signed with ES256 (RFC 7515), which anybody can verify by the published keys:',
    missingTitle: 'No proof of a deletion lies here',
    missing:
      'Perhaps nothing is deleted yet: once it is confirmed, that takes two minutes at most, so come back later. Thirty days after the deletion the proof goes. This page comes for a mistyped address, too.',
    other: '中文',
  },
} as const;

const momentOf = (at: number): string => new Date(at + 8 * 60 * 60 * 1000).toISOString().slice(0, 16).replace('T', ' ');

/**
 * What a person reads who opens the address of a deletion's proof; a program gets the proof itself.
 * @param id as it stands in the address: thirty-two hexadecimal digits, or anything where there is no deletion
 */
export const deletionPage = (
  deletion: Pick<Deletion, 'id' | 'deletedAt' | 'unreadableEvents' | 'proof'> | null,
  language: PageLanguage,
): string => {
  const said = words[language];
  if (!deletion) return pageOf({ tag: said.tag, title: said.missingTitle, body: `<p>${said.missing}</p>\n` });
  const other = language === 'zh' ? 'en' : 'zh';
  const address = `${DELETIONS_PATH}${deletion.id}?lang=${other}`;
  return pageOf({
    tag: said.tag,
    title: said.deleted,
    style:
      'pre { padding: 1rem; border-radius: .5rem; background: #f0f0f0; white-space: pre-wrap; overflow-wrap: anywhere }\n',
    body: `<p>${said.when(momentOf(deletion.deletedAt), deletion.unreadableEvents)}</p>
<h2>${said.proof}</h2>
<p>${said.how} <a href="/.well-known/jwks.json">/.well-known/jwks.json</a></p>
<pre>${deletion.proof}</pre>
<p><a href="${address}" hreflang="${other}">${said.other}</a></p>
`,
  });
};
