import { said } from '../../../presenters/said';

/** What the page of the kill code says. */
export const killCodeWords = said({
  zh: {
    barTitle: '停用码',
    title: '手机丢了，也能停用虚拟身份卡',
    text: '停用码抄在纸上：手机不在手边时，用任何一台电脑或别人的手机，都能停用虚拟身份卡。',
    points: [
      '只显示这一次。平台只保存它的校验值，看不到它。',
      '把它抄在纸上或打印出来，与手机分开放。',
      '用了以后，只有您本人重新核验人脸或到柜台，虚拟身份卡才能恢复。',
    ],
    presentTitle: '已经有一个停用码',
    make: '生成停用码',
    makeAnew: '生成新的停用码',
    leave: '返回',
    question: { title: '生成新的停用码？', text: '旧的停用码还可以用 7 天，之后失效。', yes: '生成', no: '不生成' },
    madeTitle: '请现在抄下来',
    madeText: '离开这一页后就再也看不到了。大小写、空格和横线都可以不管。',
    where: '在任何浏览器里打开这个网址输入，不用登录',
    keep: '不要只在这部手机里截屏：手机丢了，截屏也丢了。也不要告诉他人，谁有它，谁就能停用您的虚拟身份卡。',
    written: '我已经抄好',
    sheet: '存成文件，打印出来',
    notHandedOver: '文件没有送出，请再试一次',
  },
  en: {
    barTitle: 'Kill code',
    title: 'Stop the card even without the phone',
    text: 'The kill code is a brake on paper: from any computer, or the phone of somebody else, it stops your card.',
    points: [
      'It is shown this once. The service keeps a check of it and cannot read it.',
      'Write it down or print it, and keep it away from the phone.',
      'Once it was used, only your face or a counter makes the card work again.',
    ],
    presentTitle: 'There is a kill code',
    make: 'Make a kill code',
    makeAnew: 'Make a new kill code',
    leave: 'Back',
    question: {
      title: 'Make a new kill code?',
      text: 'The present one works for 7 days more, and not after that.',
      yes: 'Make it',
      no: 'Leave it',
    },
    madeTitle: 'Write this down now',
    madeText: 'Once you leave this page nobody can show it again. Capitals, spaces and dashes do not matter.',
    where: 'To be typed in here, in any browser, without a login',
    keep: 'A screenshot on this phone is lost with the phone. Tell nobody: whoever has the code can stop your card.',
    written: 'I have written it down',
    sheet: 'Save it as a file to print',
    notHandedOver: 'The file was not handed over. Try again.',
  },
});
