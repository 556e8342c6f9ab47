import { begin } from '../../../services/enrolment';
import { consented } from '../../../services/enrolment-session';
import { followLater } from '../../../services/followed-case';
import { isByCounter, replace, restartAt, title, toTop } from '../../../services/routes';
import { tellRefusal } from '../../../presenters/refusal';
import { consentWords, subjects, type Subject } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = consentWords[language];

Page({
  data: {
    words,
    consent: words.consents.document,
    step: words.step.document,
    decline: words.decline.document,
    ticked: false,
    declined: false,
    /** The face is not to be used: how it goes on without. */
    faceless: false,
    busy: false,
    refusal: { title: '', text: '' },
  },

  subject: 'document' as Subject,
  isByCounter: false,

  onLoad(query) {
    title(words.barTitle);
    this.isByCounter = isByCounter(query);
    this.ask('document');
  },

  onTick() {
    this.setData({ ticked: !this.data.ticked });
  },

  ask(subject: Subject) {
    this.subject = subject;
    this.setData({
      consent: words.consents[subject],
      step: this.isByCounter ? words.onlyStep : words.step[subject],
      decline: words.decline[subject],
      ticked: false,
      declined: false,
      faceless: false,
    });
    // Each consent is read from its beginning: the button of the one before stood at the end.
    toTop();
  },

  async onAgree() {
    const next = this.isByCounter ? null : subjects[subjects.indexOf(this.subject) + 1];
    if (next) this.ask(next);
    else await this.begin(this.isByCounter ? ['document'] : subjects);
  },

  async onDecline() {
    // The card is made without what was asked for last, and without the face, by way of a counter.
    if (this.subject === 'faceTemplate') await this.begin(['document', 'face']);
    else this.setData(this.subject === 'face' ? { faceless: true } : { declined: true });
  },

  onByCounter(): Promise<void> {
    return this.begin(['document']);
  },

  onUseFace() {
    this.ask('face');
  },

  async begin(agreed: readonly Subject[]) {
    this.setData({ busy: true, refusal: { title: '', text: '' } });
    const called = await begin(agreed);
    this.setData({ busy: false });
    if (!called.ok) {
      this.setData({ refusal: tellRefusal(called.error, language) });
      return;
    }
    const enrolment = called.reply;
    // The counter may be another day's way: the phone finds the case again.
    if (enrolment.isFaceless) await followLater(enrolment.caseId);
    consented(enrolment);
    await replace({ page: 'capture', side: 'front' });
  },

  onReconsider() {
    this.ask('document');
  },

  async onLeave() {
    await restartAt({ page: 'home' });
  },
});
