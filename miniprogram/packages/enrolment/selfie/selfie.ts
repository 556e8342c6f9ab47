import { tellRefusal, type ToldRefusal } from '../../../presenters/refusal';
import { mint, submitSelfie } from '../../../services/enrolment';
import { current, ended, matched } from '../../../services/enrolment-session';
import { restartAt, title } from '../../../services/routes';
import { follow } from '../steps';
import { selfieWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const { retakeText, ...words } = selfieWords[language];

type State = 'camera' | 'comparing' | 'refused' | 'retake' | 'inReview' | 'done';

Page({
  data: { words, state: 'camera' as State, current: 0, told: null as ToldRefusal | null, retakeText: '' },

  picture: '',

  onLoad() {
    title(words.barTitle);
    const { at } = current();
    if (at !== 'read' && at !== 'matched') void restartAt({ page: 'home' });
  },

  async onTaken({ detail }: WechatMiniprogram.CustomEvent<{ file: string }>) {
    this.picture = detail.file;
    await this.prove();
  },

  /** Goes on from wherever it stands: a repetition after a lost reply repeats nothing that was done. */
  async prove(): Promise<void> {
    const session = current();
    if (session.at === 'matched') return this.make();
    if (session.at !== 'read') return;
    this.setData({ state: 'comparing', current: 0 });
    const called = await submitSelfie(session.enrolment, this.picture, () => this.setData({ current: 1 }));
    if (!called.ok) {
      this.setData({ state: 'refused', told: tellRefusal(called.error, language) });
      return;
    }
    const { reply } = called;
    switch (reply.outcome) {
      case 'matched':
        matched(reply.nonce);
        return this.make();
      case 'retake':
        this.setData({ state: 'retake', retakeText: retakeText(reply.triesLeft) });
        return;
      case 'inReview':
        ended();
        this.setData({ state: 'inReview' });
    }
  },

  async make(): Promise<void> {
    const session = current();
    if (session.at !== 'matched') return;
    this.setData({ state: 'comparing', current: 2 });
    const called = await mint(session.enrolment, session.nonce);
    if (called.ok) {
      ended();
      this.setData({ state: 'done' });
    } else this.setData({ state: 'refused', told: tellRefusal(called.error, language) });
  },

  async onNext() {
    const { told } = this.data;
    if (told?.next === 'retake-selfie') this.onRetake();
    else if (told) await follow(told, () => this.prove());
  },

  onRetake() {
    this.setData({ state: 'camera', told: null });
  },

  async onLeave() {
    ended();
    await restartAt({ page: 'home' });
  },
});
