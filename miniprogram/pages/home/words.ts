/** What the first screen says. */
export interface WelcomeWords {
  readonly barTitle: string;
  readonly title: string;
  readonly lead: string;
  readonly cardName: string;
  readonly cardTier: string;
  readonly forTitle: string;
  readonly forNote: string;
  readonly howTitle: string;
  readonly how: readonly { readonly heading: string; readonly text: string }[];
  readonly notTitle: string;
  readonly not: string;
  readonly stateTitle: string;
  readonly state: string;
}

/** The first screen in each language. */
export const welcomeWords = {
  zh: {
    barTitle: '虚拟身份卡',
    title: '您的虚拟身份卡',
    lead: '它是居民身份证的轻量版，存放在您自己的手机里。在下列场合出示二维码，对方只会得到办这件事所需的内容。',
    cardName: '虚拟身份卡',
    cardTier: '灰卡 · 线上核验',
    forTitle: '可以用在哪里',
    forNote: '对方必须是已为该用途登记的机构，否则无法查验。',
    howTitle: '如何保护您',
    how: [
      {
        heading: '先同意，后办理',
        text: '在本机办卡从您的同意开始。使用证件和使用人脸分别征求同意，缺一项就不会办理。',
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
    stateTitle: '当前版本',
    state: '本版本只作介绍，尚不能在本机办卡，也不会收集您的任何信息。',
  },
  en: {
    barTitle: 'Virtual identity card',
    title: 'Your virtual identity card',
    lead: 'A lighter version of the resident identity card, kept on your own phone. Show its code in the places below, and whoever checks it learns what that task needs and nothing else.',
    cardName: 'Virtual identity card',
    cardTier: 'Grey card · checked online',
    forTitle: 'Where it serves',
    forNote: 'Whoever checks it must be registered for that very purpose; nobody else can.',
    howTitle: 'How it protects you',
    how: [
      {
        heading: 'Consent comes first',
        text: 'Enrolment on this phone begins with your consent: once for the document and once for the face. Without both, nothing is enrolled.',
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
    stateTitle: 'This version',
    state: 'This version explains the card. It cannot enrol on this phone yet and collects nothing about you.',
  },
} as const satisfies Record<'zh' | 'en', WelcomeWords>;
