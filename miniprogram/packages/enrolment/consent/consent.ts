import { begin } from '../../../services/enrolment';
import { consented } from '../../../services/enrolment-session';
import { replace, restartAt, title } from '../../../services/routes';
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
    busy: false,
    refusal: { title: '', text: '' },
  },

  subject: 'document' as Subject,

  onLoad() {
    title(words.barTitle);
  },

  onTick() {
    this.setData({ ticked: !this.data.ticked });
  },

  ask(subject: Subject) {
    this.subject = subject;
    this.setData({
      consent: words.consents[subject],
      step: words.step[subject],
      decline: words.decline[subject],
      ticked: false,
      declined: false,
    });
  },

  async onAgree() {
    const next = subjects[subjects.indexOf(this.subject) + 1];
    if (next) this.ask(next);
    else await this.begin(true);
  },

  async onDecline() {
    // The card is made without what was asked for last.
    if (this.subject === 'faceTemplate') await this.begin(false);
    else this.setData({ declined: true });
  },

  async begin(keepsTemplate: boolean) {
    this.setData({ busy: true, refusal: { title: '', text: '' } });
    const called = await begin(keepsTemplate);
    this.setData({ busy: false });
    if (!called.ok) {
      this.setData({ refusal: tellRefusal(called.error, language) });
      return;
    }
    consented(called.reply);
    await replace({ page: 'capture', side: 'front' });
  },

  onReconsider() {
    this.ask('document');
  },

  async onLeave() {
    await restartAt({ page: 'home' });
  },
});
