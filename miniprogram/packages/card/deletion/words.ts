import { said } from '../../../presenters/said';

/** What the page says on which everything is deleted. */
export const deletionWords = said({
  zh: {
    barTitle: '删除一切',
    title: '删除虚拟身份卡和所有资料',
    text: '删除后不能恢复，谁也不能，包括我们。以后想用，可以重新办理。',
    goesTitle: '会销毁',
    points: [
      {
        heading: '会留下',
        text: '总日志里的密封条目，密钥一销毁谁也打不开；商家依法留存的自己的查验记录，其中没有您的姓名和号码。',
      },
      {
        heading: '您会得到',
        text: '一份签名的证明：销毁了什么、何时销毁。它不含您的任何信息，任何人都能核对，这部手机会马上核对一遍。',
      },
      {
        heading: '怎么确认是您',
        text: '由这部手机里虚拟身份卡的密钥签名。换了手机的，先在新手机上重新办理；手机没了而停用码还在的，可带它和身份证到柜台。',
      },
    ],
    tick: '我明白：删除后不能恢复',
    order: '删除一切',
    leave: '返回',
    question: { title: '现在删除？', text: '虚拟身份卡和所有资料马上销毁，不能恢复。', yes: '删除', no: '不删除' },
    working: '正在删除',
    steps: ['手机签名，销毁，签发证明'],
    note: '请不要离开。如果没有收到回应，可以放心再试：不会删除两次。',
    doneTitle: '已经全部删除',
    doneText: '平台不再保存您的任何资料，这部手机上的密钥也已删除。',
    provedTitle: '证明已在本机核对无误',
    provedText: '签名来自签发方公布的密钥。',
    unprovedTitle: '证明没能在本机核对',
    unprovedText: '删除已经完成。请留存证明，向签发方询问，或请懂行的人用签发方公布的密钥核对。',
    proof: '删除证明',
    destroyed: '已销毁',
    keepProof: '留存证明文件',
    home: '返回首页',
    notHandedOver: '文件没有送出，请再试一次',
  },
  en: {
    barTitle: 'Delete everything',
    title: 'Delete the card and all data',
    text: 'What is deleted cannot be brought back by anybody, us included. You can enrol again later.',
    goesTitle: 'What goes',
    points: [
      {
        heading: 'What stays',
        text: 'Sealed entries in the common log, which nobody can open once their key is destroyed; and what merchants must keep of their own checks, without your name or number.',
      },
      {
        heading: 'What you get',
        text: 'A signed proof of what was destroyed, and when. It names nobody, anybody can verify it, and this phone does so at once.',
      },
      {
        heading: 'How we know that it is you',
        text: "The card's key on this phone signs the order. If you have another phone by now, enrol on it first. Without a phone, take your kill code and identity card to a counter.",
      },
    ],
    tick: 'I understand that this cannot be undone',
    order: 'Delete everything',
    leave: 'Back',
    question: {
      title: 'Delete now?',
      text: 'The card and all data are destroyed at once and cannot be brought back.',
      yes: 'Delete',
      no: 'Keep it',
    },
    working: 'Deleting',
    steps: ['Signing, destroying, proving it'],
    note: 'Please stay. If no answer comes, just try again: nothing is deleted twice.',
    doneTitle: 'Everything is deleted',
    doneText: "The service keeps nothing of you any more, and this phone's key is gone, too.",
    provedTitle: 'This phone has verified the proof',
    provedText: 'It is signed with a key that the issuer publishes.',
    unprovedTitle: 'This phone could not verify the proof',
    unprovedText:
      "Everything is deleted all the same. Keep the proof and ask the issuer, or have it verified with the issuer's published keys.",
    proof: 'Proof of the deletion',
    destroyed: 'Destroyed',
    keepProof: 'Keep the proof as a file',
    home: 'Back to the first screen',
    notHandedOver: 'The file was not handed over. Try again.',
  },
});
