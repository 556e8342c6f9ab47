import { said } from '../../../presenters/said';

/** What the page of an invitation says. */
export const invitationWords = said({
  zh: {
    barTitle: '邀请',
    title: '请同事扫描',
    text: '同事在微信里打开本小程序，进入“商家查验”，选“我收到了邀请”，扫描此码，或粘贴复制的文字。',
    codeLabel: '邀请码，请同事扫描',
    onceTitle: '只能用一次',
    onceText: '谁拿到它，谁就能加入，请只发给本人。离开此页后不再显示。',
    until: '有效期至',
    copy: '复制文字',
    copied: '已复制',
    notCopied: '没有复制成功',
    invites: '邀请您加入商户，岗位：',
    how: '请打开身份卡小程序，进入商家查验，选“我收到了邀请”，粘贴这段文字。',
    done: '完成',
  },
  en: {
    barTitle: 'Invitation',
    title: 'To be scanned by your colleague',
    text: 'They open this mini-program in WeChat, go to "Check cards at a shop", choose "I was invited", and scan this or paste the text.',
    codeLabel: 'Code of the invitation, to be scanned by your colleague',
    onceTitle: 'It works once',
    onceText: 'Whoever has it can join, so give it to nobody else. It is not shown again once you leave.',
    until: 'Until',
    copy: 'Copy the text',
    copied: 'Copied',
    notCopied: 'It could not be copied',
    invites: 'You are invited to the staff of a business. Your role:',
    how: 'Open the mini-program of the identity card, go to "Check cards at a shop", choose "I was invited" and paste this text.',
    done: 'Done',
  },
});
