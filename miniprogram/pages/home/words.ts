import { said } from '../../presenters/said';

/** What the first screen says to whoever has no card. */
export interface WelcomeWords {
  readonly barTitle: string;
  readonly title: string;
  readonly lead: string;
  readonly forTitle: string;
  readonly forNote: string;
  readonly howTitle: string;
  readonly how: readonly { readonly heading: string; readonly text: string }[];
  readonly notTitle: string;
  readonly not: string;
  readonly start: string;
  readonly staff: string;
  /** Of a case that is decided elsewhere. */
  readonly follow: string;
  readonly proofTitle: string;
  readonly proofText: string;
  readonly proof: string;
  readonly issuer: string;
}

/** The first screen in each language. */
export const welcomeWords: Readonly<Record<'zh' | 'en', WelcomeWords>> = {
  zh: {
    barTitle: '虚拟身份卡',
    title: '您的虚拟身份卡',
    lead: '它是居民身份证的轻量版，存放在您自己的手机里。在下列场合出示二维码，对方只会得到办这件事所需的内容。',
    forTitle: '可以用在哪里',
    forNote: '对方必须是已为该用途登记的机构，否则无法查验。',
    howTitle: '如何保护您',
    how: [
      {
        heading: '先同意，后办理',
        text: '使用证件和使用人脸分别征求同意。不用人脸的，可以到柜台办理。',
      },
      { heading: '照片用后即删', text: '照片只用于核验本人，得出结果后随即删除；需要人工复核的，加密保存到复核结束。' },
      {
        heading: '二维码随时在变',
        text: '二维码由手机签名，每 15 秒更换一次，30 秒后失效，一次出示只能查验一次，截屏很快就会作废。',
      },
      { heading: '当面核对', text: '查验后双方屏幕会显示同一个词和同一种颜色，看一眼就知道对方查的确实是您的卡。' },
    ],
    notTitle: '它不能代替什么',
    not: '它不是居民身份证。法律要求出示实体证件的场合，请携带身份证原件。',
    start: '办理我的卡',
    staff: '我是商家，要查验',
    follow: '查看办理进度',
    proofTitle: '删除证明还没有收到',
    proofText: '您要求删除一切，当时没有收到回应。证明保留三十天。',
    proof: '领取证明',
    issuer: '发证方工作人员',
  },
  en: {
    barTitle: 'Virtual identity card',
    title: 'Your virtual identity card',
    lead: 'A lighter version of the resident identity card, kept on your own phone. Show its code in the places below, and whoever checks it learns what that task needs and nothing else.',
    forTitle: 'Where it serves',
    forNote: 'Whoever checks it must be registered for that very purpose; nobody else can.',
    howTitle: 'How it protects you',
    how: [
      {
        heading: 'Consent comes first',
        text: 'You are asked once for the document and once for the face. If you do not want to use your face, a counter can help.',
      },
      {
        heading: 'Pictures do not stay',
        text: 'They serve to prove that you are you and are deleted once that is decided. A case that a person must review is kept encrypted until the review ends.',
      },
      {
        heading: 'A code that keeps changing',
        text: 'Your phone signs the code, renews it every 15 seconds and lets it end after 30. One showing is checked once, so a screenshot is soon worthless.',
      },
      {
        heading: 'One look is enough',
        text: 'After a check both screens show the same word and colour, so you can see that it was your card that was checked.',
      },
    ],
    notTitle: 'What it does not replace',
    not: 'It is not the resident identity card. Where the law asks for the physical card, bring it.',
    start: 'Get my card',
    staff: 'I check cards at a shop',
    follow: 'See where it stands',
    proofTitle: 'The proof of your deletion has not arrived',
    proofText: 'You had everything deleted, and no answer came. The proof is kept for thirty days.',
    proof: 'Get the proof',
    issuer: "For the issuer's staff",
  },
};

/** What the first screen says to whoever has a card. */
export const cardWords = said({
  zh: {
    counterTitle: '到柜台办事',
    counterNote: '先扫柜台屏幕上的码：谁在问、问什么，由平台告诉您。购票、住宿等重要事项只能这样办理。',
    scanCounter: '扫柜台码',
    askedTitle: '机构在电话里或网上核实您',
    askedNote: '念一个一次性号码给对方，或扫对方网页上的码。谁在问、问什么，由平台告诉您；您同意了才提供。',
    askNumber: '报号核验',
    scanPage: '扫网页上的码',
    notScanned: {
      denied: { title: '没有摄像头权限', text: '扫码需要摄像头，请在设置中允许。' },
      failed: { title: '没有扫到', text: '请对准柜台屏幕上的码，再扫一次。' },
    },
    notACounter: { title: '这不是柜台码', text: '请扫描柜台或机构网页上的码。不要扫描他人发来的图片。' },
    offlineTitle: '没有网络也可以出示',
    offlineNote: '用一个离线通行码，对方的手机自己核对。',
    showTitle: '出示给商家',
    showNote: '选择用途，对方只会看到这件事所需的内容。',
    suspend: '停用',
    resume: '恢复使用',
    history: '使用记录',
    security: '指纹与人脸',
    manage: '管理虚拟身份卡',
    staff: '商家查验',
    issuer: '发证方工作人员',
    renew: '重新办理',
    enrolHere: '在本机重新办理',
    itWasMe: '是我换的',
    obstacles: {
      tier: '这项用途需要彩卡。请带身份证到柜台，工作人员看过您本人和证件后升级。',
      limited: '虚拟身份卡换到新手机后，一天内只办轻量事项。这样，万一不是本人换的，还来得及处理。',
    },
    suspendedTitle: '虚拟身份卡已停用',
    suspendedText: '停用期间谁也不能查验它。恢复后马上可以再用。',
    revokedTitle: '虚拟身份卡已吊销',
    revokedText: '它不能再使用，也不能在线重新办理。原因和办法请咨询柜台。',
    expiredTitle: '虚拟身份卡已到期',
    expiredText: '可以重新办理；身份证也已到期的，请先换领新证。',
    askTitle: '停用虚拟身份卡？',
    askText: '停用后任何商家都不能查验，直到您恢复。手机丢失或被他人使用时请停用。',
    askYes: '停用',
    askNo: '不停用',
    done: { suspended: '已停用', valid: '已恢复' },
    retry: '重试',
    understood: '知道了',
    loading: '正在打开…',
  },
  en: {
    counterTitle: 'At a counter',
    counterNote:
      "Scan the code on the counter's screen first: the service tells you who asks, and for what. Tickets, hotels and other weighty tasks go this way only.",
    scanCounter: "Scan a counter's code",
    askedTitle: 'Asked on the phone or online',
    askedNote:
      'Read a number for one use out to them, or scan the code on their page. The service tells you who asks, and for what; nothing is told before you agree.',
    askNumber: 'Read out a number',
    scanPage: 'Scan the code on a page',
    notScanned: {
      denied: { title: 'The camera is not allowed', text: 'Scanning needs the camera. Allow it in the settings.' },
      failed: { title: 'Nothing was read', text: "Point at the code on the counter's screen and scan again." },
    },
    notACounter: {
      title: "Not a counter's code",
      text: 'Scan the code at a counter, or on the page of an institution. Do not scan pictures that somebody sent you.',
    },
    offlineTitle: 'You can show the card without a network',
    offlineNote: 'With an offline pass, which their phone checks by itself.',
    showTitle: 'Show it to a merchant',
    showNote: 'Choose the task: they see what it needs and nothing else.',
    suspend: 'Suspend',
    resume: 'Resume',
    history: 'History',
    security: 'Fingerprint and face',
    manage: 'Manage the card',
    staff: 'Check cards at a shop',
    issuer: "For the issuer's staff",
    renew: 'Get a new card',
    enrolHere: 'Enrol on this phone',
    itWasMe: 'It was me',
    obstacles: {
      tier: 'This task needs a colour card. Bring your identity card to a counter: once the staff have seen it and you, yours is one.',
      limited:
        'For a day after it has come to a new phone a card serves light tasks alone, so that its holder can object if somebody else has moved it.',
    },
    suspendedTitle: 'The card is suspended',
    suspendedText: 'Nobody can check it until you resume it, and then it works at once.',
    revokedTitle: 'The card is revoked',
    revokedText:
      'It cannot be used any more, and no new one can be made online. A counter can tell you why and what to do.',
    expiredTitle: 'The card has expired',
    expiredText: 'You can get a new one. If your identity card has expired too, renew that first.',
    askTitle: 'Suspend the card?',
    askText: 'No merchant can check it until you resume it. Do this if the phone is lost or in other hands.',
    askYes: 'Suspend',
    askNo: 'Keep it',
    done: { suspended: 'Suspended', valid: 'Resumed' },
    retry: 'Try again',
    understood: 'OK',
    loading: 'Opening …',
  },
});
