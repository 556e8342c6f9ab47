import { counterWay, type CounterWay } from '../../../presenters/counter-way';
import { tellRefusal, type ToldRefusal } from '../../../presenters/refusal';
import type { Called } from '../../../services/call';
import { submitSelfie } from '../../../services/enrolment';
import { bindFinger, canUseFinger } from '../../../services/fingerprint';
import { current, ended, matched } from '../../../services/enrolment-session';
import { followLater } from '../../../services/followed-case';
import { mint } from '../../../services/minting';
import { go, replace, restartAt, title } from '../../../services/routes';
import { follow } from '../steps';
import { selfieWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const { retakeText, ...words } = selfieWords[language];

type Refused = Extract<Called<unknown>, { readonly ok: false }>['error'];
type State = 'camera' | 'comparing' | 'finger' | 'refused' | 'retake' | 'done';

Page({
  data: {
    words,
    state: 'camera' as State,
    current: 0,
    told: null as ToldRefusal | null,
    retakeText: '',
    /** How a counter can go on where the face did not do. */
    counter: 'none' as CounterWay,
    /** Why the finger did not do; empty before it was tried. */
    fingerFault: '',
    fingerBusy: false,
    canTryFinger: true,
  },

  picture: '',

  async onLoad(): Promise<void> {
    const { at } = current();
    title(at === 'matched' ? words.vouchedTitle : words.barTitle);
    if (at === 'matched') {
      // Somebody has vouched for the face: no camera is opened.
      this.setData({ state: 'comparing', current: 2 });
      await this.offerFinger();
    } else if (at !== 'read') await restartAt({ page: 'home' });
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
      this.refuse(called.error, counterWay(called.error));
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
        return this.leaveTo(session.enrolment.caseId);
    }
  },

  refuse(error: Refused, counter: CounterWay = 'none') {
    this.setData({ state: 'refused', told: tellRefusal(error, language), counter });
  },

  /** The case goes on elsewhere, and is followed from its own page. */
  async leaveTo(caseId: string): Promise<void> {
    await followLater(caseId);
    ended();
    await replace({ page: 'case' });
  },

  async onCounter(): Promise<void> {
    const session = current();
    if (this.data.counter !== 'new-case' && session.at === 'read') return this.leaveTo(session.enrolment.caseId);
    ended();
    await restartAt({ page: 'home' });
    await go({ page: 'consent', by: 'counter' });
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
    else if (told.next === 'start-again') this.refuse(bound.called.error);
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
    } else this.refuse(called.error);
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
