import type { FollowCaseReply } from '../protocol';
import { showMoment } from './days';
import { guidance, type Language } from './guidance';

/** What a holder can do about a case that is decided elsewhere. */
export type CaseStep =
  'photograph' | 'call' | 'finish' | 'appeal' | 'look-again' | 'remind' | 'at-counter' | 'start-again' | 'home';

interface Action {
  readonly step: CaseStep;
  readonly name: string;
}

/** Where a case stands, as its page tells it: there is always something to do. */
export interface ToldCase {
  readonly icon: string;
  readonly title: string;
  readonly text: string;
  /** What comes next, or what to bring. */
  readonly points: readonly string[];
  readonly primary: Action;
  readonly others: readonly Action[];
  /** Nothing more will become of it: the phone need not follow it any more. */
  readonly isOver: boolean;
}

const words = {
  zh: {
    steps: {
      photograph: '拍摄身份证',
      call: '领取柜台号码',
      finish: '继续办卡',
      appeal: '申诉',
      'look-again': '看看有没有结果',
      remind: '有结果时用微信通知我',
      'at-counter': '改到柜台办理',
      'start-again': '重新在线办理',
      home: '返回首页',
    },
    unread: {
      title: '先拍身份证',
      text: (until: string) => `柜台要对照手机读到的内容，所以先拍身份证两面。请在 ${until} 之前完成，过时要重新开始。`,
      points: ['拍好并核对后，会回到这里领取柜台号码。', '不拍摄、不比对您的人脸。'],
    },
    open: {
      title: '到柜台，由工作人员确认是您',
      text: (until: string) => `身份证已经读好。请在 ${until} 之前到柜台，过时要重新开始。`,
      points: [
        '带上身份证原件和这部手机。',
        '到了柜台再领取号码，把八位数字念给工作人员，五分钟内有效。',
        '工作人员看您本人和证件，由两位工作人员先后确认；不拍摄、不比对您的人脸。',
        '确认后，在这里接着办完虚拟身份卡。',
      ],
    },
    inReview: {
      title: '工作人员正在核对',
      text: '自动比对不能确定，所以由人来看您的照片。照片加密保存，得出结果就删除。',
      points: [
        '现在不需要您做什么。按先后顺序核对，可以明天再来看，首页也会提示。',
        '通过后，在这里接着办完虚拟身份卡，不用重拍。',
        '没有通过会写明原因，您可以申诉一次，由另一位工作人员重新核对。',
        '不想等，可以改到柜台办理。',
      ],
    },
    appealed: {
      title: '另一位工作人员正在重新核对',
      text: '这次重新判断，不受第一次结论的约束。照片加密保存，得出结果就删除。',
      points: [
        '现在不需要您做什么，可以明天再来看，首页也会提示。',
        '这一次的结论是最终的。没有通过的，仍可以到柜台当面办理。',
      ],
    },
    matched: {
      title: '已经确认是您本人',
      text: (until: string) => `还差最后一步：在这部手机上办好虚拟身份卡。请在 ${until} 之前完成。`,
    },
    refused: {
      title: '没有通过核对',
      points: (until: string) => [
        `如果您认为不对，可以在 ${until} 之前申诉一次，由另一位工作人员重新核对。`,
        '也可以按上面说的重新在线办理，或带身份证到柜台，由工作人员当面核对。',
      ],
    },
    final: {
      title: '没有通过核对，不能再申诉',
      points: ['您可以带身份证到柜台，由工作人员当面核对，这不受影响。', '也可以按上面说的重新在线办理。'],
    },
    over: {
      title: '这次办理已经结束',
      text: '虚拟身份卡已经办好，或者超过了时间。首页会显示您的虚拟身份卡；没有的话，可以重新办理。',
    },
    willTell: '有结果时，微信会发一条消息告诉您；消息里没有您的个人信息。',
    brief: {
      unread: '还没有拍身份证，点开继续。',
      open: (until: string) => `请在 ${until} 之前到柜台。`,
      inReview: '结果会显示在这里，现在不需要您做什么。',
      matched: '点开办完虚拟身份卡。',
      refused: (until: string) => `点开看原因，${until} 之前可以申诉。`,
      final: '点开看原因和办法。',
    },
  },
  en: {
    steps: {
      photograph: 'Photograph my identity card',
      call: 'Get a number for the counter',
      finish: 'Finish my card',
      appeal: 'Appeal',
      'look-again': 'See whether it is decided',
      remind: 'Tell me in WeChat when it is decided',
      'at-counter': 'Go on at a counter instead',
      'start-again': 'Start again online',
      home: 'Back to the first screen',
    },
    unread: {
      title: 'First photograph your identity card',
      text: (until: string) =>
        `The counter compares what your phone has read, so both sides come first. There is time until ${until}; after that it begins anew.`,
      points: [
        'Once you have checked what was read, you come back here for a number.',
        'Your face is neither photographed nor compared.',
      ],
    },
    open: {
      title: 'At a counter, staff confirm that it is you',
      text: (until: string) =>
        `Your identity card was read. Be at a counter before ${until}; after that it begins anew.`,
      points: [
        'Bring your identity card and this phone.',
        'Get the number once you stand there, and read its eight digits out. It serves for five minutes.',
        'Staff look at you and at the card, and two of them confirm it one after the other. Your face is neither photographed nor compared.',
        'Then your card is finished here.',
      ],
    },
    inReview: {
      title: 'A person is looking at it',
      text: 'The comparison was not clear enough, so somebody looks at your pictures. They are encrypted until it is decided, and deleted then.',
      points: [
        'There is nothing for you to do. Cases are taken in their order; look again tomorrow. The first screen tells you too.',
        'If it is accepted, your card is finished here, without new pictures.',
        'If it is refused, you read why, and you can appeal once, to somebody else.',
        'If you would rather not wait, you can go on at a counter.',
      ],
    },
    appealed: {
      title: 'Somebody else is looking at it',
      text: 'They decide anew, whatever was said before. The pictures are deleted once that is done.',
      points: [
        'There is nothing for you to do. Look again tomorrow; the first screen tells you too.',
        'This word is final. If it is a refusal, a counter can still make your card in person.',
      ],
    },
    matched: {
      title: 'It is confirmed that it is you',
      text: (until: string) => `One step is left: the card is made on this phone. There is time until ${until}.`,
    },
    refused: {
      title: 'It was refused',
      points: (until: string) => [
        `If you think that is wrong, you can appeal once, until ${until}. Somebody else decides then.`,
        'You can also do as it says above and start again online, or have staff look at you and your identity card at a counter.',
      ],
    },
    final: {
      title: 'It was refused, and the word is final',
      points: [
        'You can still take your identity card to a counter, where staff look at you and the card in person.',
        'You can also do as it says above and start again online.',
      ],
    },
    over: {
      title: 'This enrolment is over',
      text: 'Your card was made, or the time ran out. The first screen shows your card; if there is none, start again.',
    },
    willTell: 'WeChat sends you one message once it is decided. It says nothing about you.',
    brief: {
      unread: 'Your identity card is not photographed yet. Tap to go on.',
      open: (until: string) => `Be at a counter before ${until}.`,
      inReview: 'You will read the outcome here. There is nothing for you to do.',
      matched: 'Tap to finish your card.',
      refused: (until: string) => `Tap to read why. You can appeal until ${until}.`,
      final: 'Tap to read why, and what you can do.',
    },
  },
} as const;

/**
 * How to tell a holder where a case stands that is decided elsewhere.
 * @param isReminded whether they wait for a message about it; null where that is not known
 */
export const tellCase = (reply: FollowCaseReply, language: Language, isReminded: boolean | null = null): ToldCase => {
  const said = words[language];
  const act = (step: CaseStep): Action => ({ step, name: said.steps[step] });
  const moment = (at: number): string => showMoment(at, language);
  const running = { points: [], others: [], isOver: false } as const;
  switch (reply.state) {
    case 'open': {
      const part = reply.isRead ? said.open : said.unread;
      const { title, points } = part;
      const primary = act(reply.isRead ? 'call' : 'photograph');
      const others = reply.isRead ? [act('look-again')] : [];
      return { ...running, icon: 'person', title, text: part.text(moment(reply.until)), points, primary, others };
    }
    case 'inReview': {
      const part = reply.isAppeal ? said.appealed : said.inReview;
      const points = isReminded === true ? [...part.points, said.willTell] : part.points;
      const others = [...(isReminded === false ? [act('remind')] : []), act('at-counter')];
      return { ...running, icon: 'clock', ...part, points, primary: act('look-again'), others };
    }
    case 'matched': {
      const { title, text } = said.matched;
      return { ...running, icon: 'check', title, text: text(moment(reply.until)), primary: act('finish') };
    }
    case 'refused': {
      const text = guidance(reply.reason, language);
      const ways = [act('start-again'), act('at-counter')];
      if (reply.appealUntil === null) {
        return {
          icon: 'info',
          ...said.final,
          text,
          primary: act('at-counter'),
          others: [act('start-again'), act('home')],
          isOver: true,
        };
      }
      const { title, points } = said.refused;
      return {
        ...running,
        icon: 'info',
        title,
        text,
        points: points(moment(reply.appealUntil)),
        primary: act('appeal'),
        others: ways,
      };
    }
    case 'over':
      return {
        ...running,
        icon: 'info',
        ...said.over,
        primary: act('home'),
        others: [act('start-again'), act('at-counter')],
        isOver: true,
      };
  }
};

/** What the first screen says of a case that is decided elsewhere. */
export interface CaseReminder {
  readonly tone: 'info' | 'good' | 'warn';
  readonly title: string;
  readonly text: string;
}

/** The reminder of a case; null where nothing more will become of it. */
export const remindOfCase = (reply: FollowCaseReply, language: Language): CaseReminder | null => {
  const { brief } = words[language];
  const { title } = tellCase(reply, language);
  switch (reply.state) {
    case 'open':
      return { tone: 'info', title, text: reply.isRead ? brief.open(showMoment(reply.until, language)) : brief.unread };
    case 'inReview':
      return { tone: 'info', title, text: brief.inReview };
    case 'matched':
      return { tone: 'good', title, text: brief.matched };
    case 'refused': {
      const { appealUntil } = reply;
      const text = appealUntil === null ? brief.final : brief.refused(showMoment(appealUntil, language));
      return { tone: 'warn', title, text };
    }
    case 'over':
      return null;
  }
};
