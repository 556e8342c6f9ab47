import { purposeTable } from '../../../protocol';
import { tellAsk, tellUnanswered, tellUnsent, type ToldAsk } from '../../../presenters/ask';
import { showMoment } from '../../../presenters/days';
import { answeringAt, answeringParts, proofCount } from '../../../presenters/opening';
import type { ToldRefusal } from '../../../presenters/refusal';
import { prepareAnswer, takeAgreed, type Asked, type ReadyAnswer } from '../../../services/ask';
import { go, replace, restartAt, sessionOf, title } from '../../../services/routes';
import { buzz } from '../../../services/screen';
import { answerWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = answerWords[language];

type State = 'selfie' | 'working' | 'answered' | 'unsent' | 'refused';

/** Answers what was agreed to: the proofs, and then the answer itself. No code is shown. */
Page({
  data: {
    words,
    state: 'working' as State,
    /** Which of several proofs the selfie is. */
    count: '',
    /** The parts of the answering, and which is under way. */
    parts: [] as string[],
    part: 0,
    ask: null as ToldAsk | null,
    answeredAt: '',
    unsent: tellUnsent(language),
    told: null as ToldRefusal | null,
  },

  asked: null as Asked | null,
  ready: null as ReadyAnswer | null,
  /** The selfie for this answer; empty where none is asked for, or it is still to be taken. */
  selfie: '',

  async onLoad(query): Promise<void> {
    title(words.barTitle);
    const session = sessionOf(query);
    this.asked = session && takeAgreed(session);
    // Whoever comes here otherwise has agreed to nothing.
    if (!this.asked) return restartAt({ page: 'home' });
    const { purpose } = this.asked;
    this.setData({ parts: answeringParts(purpose, language), count: proofCount(purpose, 'face', language) });
    await this.answer();
  },

  onUnload() {
    // Who leaves before the answer is sent has taken it back.
    this.asked = null;
    this.ready = null;
  },

  async answer(): Promise<void> {
    const { asked } = this;
    if (!asked) return;
    const { purpose, partner } = asked;
    // Taken before the showing is prepared, which waits for a minute only.
    if (purposeTable[purpose].stepUp.includes('face') && this.selfie === '') {
      this.setData({ state: 'selfie' });
      return;
    }
    this.setData({ state: 'working', part: 0 });
    const prepared = await prepareAnswer(asked, {
      // Beside the sensor stands who is told: what for was read on the page before.
      prompt: partner[language],
      selfie: this.selfie,
      onStep: (step) => this.setData({ part: answeringAt(purpose, step) }),
    });
    if (this.asked !== asked) return;
    if (!prepared.ok) {
      const told = tellUnanswered(prepared.error, language);
      // A picture that was not at fault serves the next try.
      if (told.next === 'retake-selfie') this.selfie = '';
      this.setData({ state: 'refused', told });
      return;
    }
    this.ready = prepared.reply;
    await this.send();
  },

  async send(): Promise<void> {
    const { asked, ready } = this;
    if (!asked || !ready) return;
    this.setData({ state: 'working' });
    const called = await ready.send();
    if (this.asked !== asked) return;
    if (called.ok) {
      const { answeredAt } = called.reply;
      this.setData({
        state: 'answered',
        ask: tellAsk(asked, answeredAt, language),
        answeredAt: showMoment(answeredAt, language),
      });
      buzz();
    } else if (called.error.code === 'unreachable') this.setData({ state: 'unsent' });
    else this.setData({ state: 'refused', told: tellUnanswered(called.error, language) });
  },

  async onSelfie({ detail }: WechatMiniprogram.CustomEvent<{ file: string }>): Promise<void> {
    this.selfie = detail.file;
    await this.answer();
  },

  onSendAgain(): Promise<void> {
    return this.send();
  },

  async onNext(): Promise<void> {
    const next = this.data.told?.next;
    if (next === 'bind-finger') return replace({ page: 'security' });
    if (next !== 'home' && next !== 'enrol-anew') return this.answer();
    await this.onLeave();
    if (next === 'enrol-anew') await go({ page: 'consent' });
  },

  onHistory(): Promise<void> {
    return replace({ page: 'history' });
  },

  onLeave(): Promise<void> {
    return restartAt({ page: 'home' });
  },
});
