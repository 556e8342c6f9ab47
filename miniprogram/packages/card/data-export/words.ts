import { said } from '../../../presenters/said';

/** What the export of the holder's data says. */
export const dataExportWords = said({
  zh: {
    barTitle: '导出我的数据',
    title: '平台保存的关于您的一切',
    text: '身份资料、虚拟身份卡、您的同意、指纹和人脸特征的登记，以及每一条记录和它的证明。',
    points: [
      '先在屏幕上看，再决定是否留存为文件。',
      '数据文件供程序读取，文本供您阅读和打印。',
      '每天最多十次；每次导出都会记在使用记录里。',
      '由这部手机里虚拟身份卡的密钥签名：只凭微信账号，谁也拿不到这些资料。',
    ],
    read: '读取我的数据',
    reading: '正在读取',
    readingText: (count: number) => `已读取 ${String(count)} 条记录`,
    steps: ['读取资料和记录'],
    shownText: '这些内容只在这一页里，离开后手机不保留。文件里有您的身份信息，请只交给自己。',
    portrait: '保存的证件照',
    portraitNote: '保存的证件照。商家当面核对时会看到它。',
    data: '留存数据文件',
    asText: '留存为文本',
    notHandedOver: '文件没有送出，请再试一次',
    leave: '返回',
  },
  en: {
    barTitle: 'Get my data',
    title: 'All that the service keeps about you',
    text: 'Your personal data, the card, your consents, what is kept of finger and face, and every entry with its proof.',
    points: [
      'Read it on the screen first, then decide whether to keep a file.',
      'The data file is for programs; the text is to be read and printed.',
      'Up to ten times a day. Each time is set down in the history.',
      "The card's key on this phone signs for it: with the chat account alone nobody gets any of this.",
    ],
    read: 'Read my data',
    reading: 'Reading',
    readingText: (count: number) => `Entries so far: ${String(count)}`,
    steps: ['Reading data and entries'],
    shownText:
      'This is on this page alone; the phone keeps nothing of it. A file holds your identity: send it to nobody but yourself.',
    portrait: 'The portrait that is kept',
    portraitNote: 'The portrait that is kept. Merchants see it where they must compare it with you.',
    data: 'Keep the data file',
    asText: 'Keep it as text',
    notHandedOver: 'The file was not handed over. Try again.',
    leave: 'Back',
  },
});
