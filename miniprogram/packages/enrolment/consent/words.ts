/** What consents are for, in the order in which they are asked. The last one may be declined. */
export const subjects = ['document', 'face', 'faceTemplate'] as const;
export type Subject = (typeof subjects)[number];

interface ConsentWords {
  readonly title: string;
  readonly lead: string;
  readonly points: readonly { readonly icon: string; readonly heading: string; readonly text: string }[];
  readonly tick: string;
}

interface PageWords {
  readonly barTitle: string;
  readonly step: Readonly<Record<Subject, string>>;
  /** Where the document is all that is asked for. */
  readonly onlyStep: string;
  readonly agree: string;
  readonly decline: Readonly<Record<Subject, string>>;
  readonly declinedTitle: string;
  readonly declinedText: string;
  readonly reconsider: string;
  /** How a card is made without the face. */
  readonly faceless: Omit<ConsentWords, 'tick'>;
  readonly byCounter: string;
  readonly useFace: string;
  readonly leave: string;
  readonly consents: Readonly<Record<Subject, ConsentWords>>;
}

/** The consents in each language. A change of their meaning is a new `CONSENT_TEXT`. */
export const consentWords: Readonly<Record<'zh' | 'en', PageWords>> = {
  zh: {
    barTitle: '征求同意',
    step: { document: '第 1 项，共 3 项', face: '第 2 项，共 3 项', faceTemplate: '第 3 项，共 3 项，可以不同意' },
    onlyStep: '只需同意这一项',
    agree: '同意并继续',
    decline: { document: '不同意', face: '不能或不想使用人脸', faceTemplate: '不保存，继续办卡' },
    declinedTitle: '没有收集任何信息',
    declinedText: '不同意就不能在线办卡。您可以随时再来，也可以继续使用实体身份证，或到柜台办理。',
    reconsider: '再看一遍',
    faceless: {
      title: '不用人脸，到柜台办理',
      lead: '不拍摄、不比对您的人脸，由工作人员当面确认是您。',
      points: [
        {
          icon: 'document',
          heading: '先在手机上',
          text: '拍摄身份证两面，核对读到的内容。最好到了柜台再开始：要在一小时内办完。',
        },
        {
          icon: 'person',
          heading: '再到柜台',
          text: '带上身份证原件和这部手机，把手机上的八位号码念给工作人员。两位工作人员先后确认。',
        },
        {
          icon: 'check',
          heading: '最后在手机上',
          text: '接着办完虚拟身份卡，可以加上指纹。以后当面核对时，商家看证件照。',
        },
      ],
    },
    byCounter: '到柜台办理，先拍身份证',
    useFace: '还是使用人脸',
    leave: '返回首页',
    consents: {
      document: {
        title: '使用您的身份证',
        lead: '办卡需要读取您的居民身份证。',
        points: [
          {
            icon: 'document',
            heading: '收集什么',
            text: '证件两面的照片，以及上面的姓名、性别、民族、出生日期、住址、号码和有效期。',
          },
          {
            icon: 'shield',
            heading: '用来做什么',
            text: '核对证件真伪，并向人口登记机构确认姓名和号码。不作其他用途。',
          },
          {
            icon: 'lock',
            heading: '保存多久',
            text: '照片在得出结果时删除；需要人工复核的，加密保存到复核结束。证件内容用单独的密钥加密保存，直到您注销虚拟身份卡。',
          },
          { icon: 'person', heading: '谁能看到', text: '只有您自己。商家每次只能看到您出示时选择的用途所需的内容。' },
        ],
        tick: '我已阅读，同意为办理虚拟身份卡使用我的身份证信息',
      },
      face: {
        title: '使用您的人脸',
        lead: '办卡需要确认是您本人。人脸属于敏感信息，所以单独征求同意。',
        points: [
          { icon: 'face', heading: '收集什么', text: '一张自拍照。' },
          {
            icon: 'shield',
            heading: '用来做什么',
            text: '与证件照和登记机构的照片比对，确认是本人实拍。不用于广告、识别他人或训练模型。',
          },
          {
            icon: 'lock',
            heading: '保存多久',
            text: '自拍在得出结果时删除；需要人工复核的，加密保存到复核结束。证件照会加密保存，供商家当面核对。',
          },
          {
            icon: 'info',
            heading: '不能或不想用人脸',
            text: '可以到柜台办理，由工作人员当面确认，不影响您使用微信的其他功能。',
          },
        ],
        tick: '我已阅读，同意为办理虚拟身份卡使用我的人脸信息',
      },
      faceTemplate: {
        title: '保存人脸特征',
        lead: '办理重要事项时可能要再看一次您的脸。保存人脸特征，比对更准确。不保存也能办卡。',
        points: [
          { icon: 'face', heading: '收集什么', text: '从自拍算出的一组数字，不是照片。自拍本身照样删除。' },
          {
            icon: 'shield',
            heading: '用来做什么',
            text: '在您出示虚拟身份卡办理重要事项、重新绑定指纹时，确认是您本人。不作其他用途。',
          },
          {
            icon: 'lock',
            heading: '保存多久',
            text: '用单独的密钥加密保存，直到您撤回同意或注销虚拟身份卡。撤回后立即删除。',
          },
          { icon: 'info', heading: '不同意会怎样', text: '照常办卡，需要看脸时改为与证件照比对。' },
        ],
        tick: '我已阅读，同意保存我的人脸特征',
      },
    },
  },
  en: {
    barTitle: 'Your consent',
    step: { document: '1 of 3', face: '2 of 3', faceTemplate: '3 of 3, your choice' },
    onlyStep: 'The only one',
    agree: 'Agree and go on',
    decline: {
      document: 'I do not agree',
      face: 'I cannot or do not want to use my face',
      faceTemplate: 'Go on without it',
    },
    declinedTitle: 'Nothing was collected',
    declinedText:
      'Without this consent no card can be made online. You can come back any time, keep using the physical card, or visit a counter.',
    reconsider: 'Read it again',
    faceless: {
      title: 'Without your face, at a counter',
      lead: 'Your face is neither photographed nor compared. Staff make sure in person that it is you.',
      points: [
        {
          icon: 'document',
          heading: 'First on this phone',
          text: 'Photograph both sides of your identity card and check what was read. Best begin at the counter: it must be done within an hour.',
        },
        {
          icon: 'person',
          heading: 'Then at the counter',
          text: 'Bring your identity card and this phone, and read eight digits out to the staff. Two of them confirm it, one after the other.',
        },
        {
          icon: 'check',
          heading: 'Last on this phone',
          text: 'Your card is finished here, with your fingerprint if you like. Merchants who must compare you look at the portrait of the card.',
        },
      ],
    },
    byCounter: 'Go by way of a counter',
    useFace: 'Use my face after all',
    leave: 'Back to the first screen',
    consents: {
      document: {
        title: 'Use of your identity card',
        lead: 'To make a card, your resident identity card must be read.',
        points: [
          {
            icon: 'document',
            heading: 'What is collected',
            text: 'A picture of each side, and from it name, sex, ethnicity, date of birth, address, number and validity.',
          },
          {
            icon: 'shield',
            heading: 'What for',
            text: 'To check the document and to confirm name and number with the population register. Nothing else.',
          },
          {
            icon: 'lock',
            heading: 'How long it is kept',
            text: 'The pictures are deleted once it is decided; a case that a person must review keeps them encrypted until then. What was read is kept under a key of its own until you delete the card.',
          },
          {
            icon: 'person',
            heading: 'Who sees it',
            text: 'You. A merchant sees only what the task that you choose needs, each time that you show the card.',
          },
        ],
        tick: 'I have read this and agree that my identity card is used to make my virtual identity card',
      },
      face: {
        title: 'Use of your face',
        lead: 'It must be certain that it is you. A face is sensitive, so you are asked for it by itself.',
        points: [
          { icon: 'face', heading: 'What is collected', text: 'One selfie.' },
          {
            icon: 'shield',
            heading: 'What for',
            text: 'To compare it with the portrait on the card and with the register, taken live. Not for advertising, finding others or training models.',
          },
          {
            icon: 'lock',
            heading: 'How long it is kept',
            text: 'The selfie is deleted once it is decided; a case that a person must review keeps it encrypted until then. The portrait of the card is kept encrypted, for merchants to compare.',
          },
          {
            icon: 'info',
            heading: 'If you cannot or do not want to',
            text: 'Staff at a counter make sure in person that it is you, and nothing else in WeChat changes for you.',
          },
        ],
        tick: 'I have read this and agree that my face is used to make my virtual identity card',
      },
      faceTemplate: {
        title: 'A measure of your face',
        lead: 'Critical tasks may ask to see your face again. With a measure of it the comparison is more exact. The card is made without it too.',
        points: [
          {
            icon: 'face',
            heading: 'What is collected',
            text: 'A list of numbers worked out from the selfie. It is no picture; the selfie itself is deleted all the same.',
          },
          {
            icon: 'shield',
            heading: 'What for',
            text: 'To make sure that it is you when you show the card for a critical task or bind another fingerprint. Nothing else.',
          },
          {
            icon: 'lock',
            heading: 'How long it is kept',
            text: 'Under a key of its own until you withdraw this consent or delete the card. Withdrawn, it is deleted at once.',
          },
          {
            icon: 'info',
            heading: 'If you do not agree',
            text: 'The card is made all the same, and your face is compared with the portrait of the card.',
          },
        ],
        tick: 'I have read this and agree that a measure of my face is kept',
      },
    },
  },
};
