import { said } from '../../../presenters/said';

/** What the selfie and what follows it say. */
export const selfieWords = said({
  zh: {
    barTitle: '自拍',
    title: '拍一张自拍',
    hint: '正对镜头，光线均匀，不戴帽子和墨镜。',
    comparing: '正在确认是您本人',
    steps: ['上传自拍', '与证件照和登记机构比对', '制作虚拟身份卡'],
    note: '通常需要几秒钟，请不要离开。',
    leave: '返回首页',
    retakeTitle: '还不能确认',
    retakeText: (left: number) => `与证件照不够接近。请在光线好的地方正对镜头再拍一张，还可以试 ${String(left)} 次。`,
    retake: '再拍一张',
    counter: '改到柜台办理',
    vouchedTitle: '办完虚拟身份卡',
    fingerTitle: '再加上指纹',
    fingerText:
      '已确认是您本人。办理重要事项时，可以用这部手机的指纹再确认一次。指纹留在手机里，我们只收到手机的签名。可以不加。',
    finger: '使用指纹',
    skipFinger: '暂不使用，继续',
    fingerPrompt: '验证指纹，绑定到虚拟身份卡',
    fingerFaults: {
      cancelled: '您取消了指纹验证。可以再试，也可以不用指纹继续。',
      'locked-out': '尝试次数过多，手机已暂时锁定指纹。现在可以不用指纹继续。',
      'not-enrolled': '这部手机还没有录入指纹。现在可以不用指纹继续。',
      unsupported: '这部手机不支持指纹验证。可以不用指纹继续。',
      failed: '没有认出指纹。可以再试，也可以不用指纹继续。',
    },
    fingerOver: '指纹没有绑定成功。可以不用指纹继续。',
    doneTitle: '虚拟身份卡已办好',
    doneText: '照片已经删除。出示时选择用途，对方只会看到这件事所需的内容。',
    done: '查看我的卡',
  },
  en: {
    barTitle: 'Selfie',
    title: 'Take a selfie',
    hint: 'Face the camera in even light, without hat or sunglasses.',
    comparing: 'Making sure that it is you',
    steps: ['Uploading the selfie', 'Comparing it with the card and the register', 'Making your virtual card'],
    note: 'This takes a few seconds. Please stay.',
    leave: 'Back to the first screen',
    retakeTitle: 'Not certain yet',
    retakeText: (left: number) =>
      `It is not close enough to the portrait on the card. Face the camera in good light and take another. Tries left: ${String(left)}.`,
    retake: 'Take another',
    counter: 'Go on at a counter instead',
    vouchedTitle: 'Finish your card',
    fingerTitle: 'Add your fingerprint',
    fingerText:
      "We have confirmed that it is you. For critical tasks, this phone's fingerprint can confirm it once more. The fingerprint stays in the phone; we receive the phone's signature alone. You can leave it out.",
    finger: 'Use my fingerprint',
    skipFinger: 'Go on without it',
    fingerPrompt: 'Bind your fingerprint to the card',
    fingerFaults: {
      cancelled: 'You cancelled. Try again, or go on without a fingerprint.',
      'locked-out': 'Too many tries: the phone has locked its sensor for a while. Go on without a fingerprint.',
      'not-enrolled': 'This phone knows no fingerprint yet. Go on without one.',
      unsupported: 'This phone cannot confirm fingerprints. Go on without one.',
      failed: 'The fingerprint was not recognised. Try again, or go on without it.',
    },
    fingerOver: 'The fingerprint could not be bound. Go on without it.',
    doneTitle: 'Your virtual card is ready',
    doneText:
      'The pictures are deleted. When you show the card you choose a task, and whoever checks it sees what that task needs.',
    done: 'See my card',
  },
});
