import { tellRefusal, type ToldRefusal } from '../../../presenters/refusal';
import { mint, submitSelfie } from '../../../services/enrolment';
import { bindFinger, canUseFinger } from '../../../services/fingerprint';
import { current, ended, matched } from '../../../services/enrolment-session';
import { restartAt, title } from '../../../services/routes';
import { follow } from '../steps';
import { selfieWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const { retakeText, ...words } = selfieWords[language];

type State = 'camera' | 'comparing' | 'finger' | 'refused' | 'retake' | 'inReview' | 'done';

Page({
  data: {
    words,
    state: 'camera' as State,
    current: 0,
    told: null as ToldRefusal | null,
    retakeText: '',
    /** Why the finger did not do; empty before it was tried. */
    fingerFault: '',
    fingerBusy: false,
    canTryFinger: true,
  },

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
        return this.offerFinger();
      case 'retake':
        this.setData({ state: 'retake', retakeText: retakeText(reply.triesLeft) });
        return;
      case 'inReview':
        ended();
        this.setData({ state: 'inReview' });
    }
  },

  /** The card is made without a fingerprint too: where the phone has no sensor, none is spoken of. */
  async offerFinger(): Promise<void> {
    if (await canUseFinger()) this.setData({ state: 'finger', fingerFault: '', canTryFinger: true });
    else await this.make();
  },

  async onFinger(): Promise<void> {
    const session = current();
    if (session.at !== 'matched') return;
    this.setData({ fingerBusy: true });
    const bound = await bindFinger(session.enrolment, session.nonce, words.fingerPrompt);
    this.setData({ fingerBusy: false });
    if (bound.at === 'phone') {
      const canTryFinger = bound.because === 'cancelled' || bound.because === 'failed';
      this.setData({ fingerFault: words.fingerFaults[bound.because], canTryFinger });
      return;
    }
    if (bound.called.ok) return this.make();
    const told = tellRefusal(bound.called.error, language);
    if (told.next === 'try-again') this.setData({ fingerFault: told.text });
    else if (told.next === 'start-again') this.setData({ state: 'refused', told });
    else this.setData({ fingerFault: words.fingerOver, canTryFinger: false });
  },

  async onSkipFinger(): Promise<void> {
    await this.make();
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
