import { said } from '../../../presenters/said';

/** What the merchant's first page says. */
export const scanWords = said({
  zh: {
    barTitle: '商家查验',
    loading: '正在打开柜台',
    steps: ['确认店铺和权限'],
    purpose: '查验用途',
    tells: '扫码后您将看到',
    scan: '扫码查验',
    counter: '出示柜台码',
    accepted: (count: number) => `本次已通过 ${String(count)} 次。查验内容不会保存在手机上。`,
    notStaffTitle: '此账号不是商家工作人员',
    notStaffText: '只有登记店铺的工作人员才能查验。请店铺管理员向平台申请，并把您加为工作人员。',
    leave: '返回首页',
    retry: '重试',
    deniedTitle: '没有摄像头权限',
    deniedText: '扫码需要摄像头。请在设置中允许。',
    settings: '去设置',
    failedTitle: '没有扫到',
    failedText: '请让对方把屏幕调亮，再扫一次。',
  },
  en: {
    barTitle: 'Check a card',
    loading: 'Opening your counter',
    steps: ['Looking up shop and rights'],
    purpose: 'What it is for',
    tells: 'After the scan you will see',
    scan: 'Scan a card',
    counter: "Show the counter's code",
    accepted: (count: number) => `Accepted so far: ${String(count)}. Nothing of a check is kept on this phone.`,
    notStaffTitle: "This account is no shop's staff",
    notStaffText:
      'Only staff of a registered shop can check cards. The manager of the shop applies for it and adds you as staff.',
    leave: 'Back to the first screen',
    retry: 'Try again',
    deniedTitle: 'The camera is not allowed',
    deniedText: 'Scanning needs the camera. Allow it in the settings.',
    settings: 'Open settings',
    failedTitle: 'Nothing was read',
    failedText: 'Ask for a brighter screen and scan again.',
  },
});
