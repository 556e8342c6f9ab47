/** Languages of the page around the phones. */
export type Language = 'zh' | 'en';

const words = {
  zh: {
    title: '虚拟身份卡',
    subtitle: '两部手机，一台电脑：左边持证人，右边商家。',
    holder: '持证人',
    merchant: '商家',
    steps: ['在左边的手机上办卡', '在左边出示', '在右边扫码'],
    stepHints: ['摄像头会看到样例人物和他的证件', '选择“取快递”', '点“扫码查验”'],
    tryThis: '试一试',
    dismiss: '收起',
    person: '登录的人',
    yourself: '您自己（用这台电脑的摄像头）',
    owner: '店主',
    operator: '发证方',
    operatorRoles: { reviewer: '审核员', counter: '柜台', partners: '商户管理', security: '安全管理', auditor: '审计' },
    camera: '摄像头看到',
    cameraAuto: '本人和本人的证件',
    cameraFront: '证件人像面',
    cameraBack: '证件国徽面',
    cameraOther: '另一个人的脸',
    webcam: '这台电脑的摄像头',
    file: '选择一张图片…',
    light: '光线',
    lights: { good: '良好', glare: '反光', dark: '昏暗' },
    scanner: '扫码时看到',
    otherPhone: '另一部手机的屏幕',
    screen: '这台电脑的屏幕（银行柜台、网页）',
    bank: '银行柜台',
    railway: '铁路购票',
    beside: '右边是',
    language: '语言',
    theme: '外观',
    themes: { light: '浅色', dark: '深色' },
    network: '网络',
    networks: { online: '在线', offline: '断网' },
    permission: '摄像头权限',
    permissions: { ask: '询问', granted: '允许', denied: '拒绝' },
    screenshot: '截屏',
    scanThis: '让商家扫这张截屏',
    save: '保存',
    forget: '清空这部手机',
    restart: '重新打开',
    log: '云函数日志',
    logEmpty: '云函数还没有写日志。',
    faults: '手机上的错误',
    build: '小程序没有构建成功',
    strict: '登记机构只认识样例人物',
    ownCard: '用自己的证件试：读取后会把证件上的人登记到本机的登记机构，数据不离开这台电脑。',
    switchLanguage: 'English',
  },
  en: {
    title: 'Virtual identity card',
    subtitle: 'Two phones on one computer: a holder on the left, a merchant on the right.',
    holder: 'Holder',
    merchant: 'Merchant',
    steps: ['Get a card on the left phone', 'Show it, on the left', 'Scan it, on the right'],
    stepHints: ['The camera sees a sample person and their card', 'Choose "Parcel pickup"', 'Tap "Scan a card"'],
    tryThis: 'Try this',
    dismiss: 'Hide',
    person: 'Who is logged in',
    yourself: "Yourself (this computer's camera)",
    owner: 'owner',
    operator: 'Issuer',
    operatorRoles: {
      reviewer: 'reviewer',
      counter: 'counter',
      partners: 'businesses',
      security: 'security',
      auditor: 'audit',
    },
    camera: 'The camera sees',
    cameraAuto: 'the person and their card',
    cameraFront: 'the card, portrait side',
    cameraBack: 'the card, emblem side',
    cameraOther: "another person's face",
    webcam: "this computer's camera",
    file: 'a picture of yours …',
    light: 'Light',
    lights: { good: 'good', glare: 'glare', dark: 'dark' },
    scanner: 'The scanner sees',
    otherPhone: "the other phone's screen",
    screen: "this computer's screen (bank's counter, web page)",
    bank: "Bank's counter",
    railway: 'Railway tickets',
    beside: 'On the right',
    language: 'Language',
    theme: 'Look',
    themes: { light: 'light', dark: 'dark' },
    network: 'Network',
    networks: { online: 'online', offline: 'offline' },
    permission: 'Camera permission',
    permissions: { ask: 'ask', granted: 'granted', denied: 'denied' },
    screenshot: 'Take a screenshot',
    scanThis: 'Let the merchant scan it',
    save: 'Save it',
    forget: 'Forget this phone',
    restart: 'Open anew',
    log: 'What the functions logged',
    logEmpty: 'No function has logged anything yet.',
    faults: 'Faults on the phones',
    build: 'The mini-program does not build',
    strict: 'The register knows its sample people alone',
    ownCard:
      'With a card of your own: once it is read, its person is entered into the register on this computer. Nothing leaves it.',
    switchLanguage: '中文',
  },
} as const;

/** What the page says. */
export type StageWords = (typeof words)[Language];

const key = 'stage:language';

/** The page's language: as chosen before, or as the browser asks. */
export const pageLanguage = (): Language => {
  const chosen = localStorage.getItem(key);
  if (chosen === 'zh' || chosen === 'en') return chosen;
  return navigator.language.startsWith('zh') ? 'zh' : 'en';
};

/** Chooses the other language and opens the page anew. */
export const switchLanguage = (): void => {
  localStorage.setItem(key, pageLanguage() === 'zh' ? 'en' : 'zh');
  location.reload();
};

export const stageWords = (language: Language): StageWords => words[language];
