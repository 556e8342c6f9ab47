import { begin } from '../../../services/enrolment';
import { consented } from '../../../services/enrolment-session';
import { replace, restartAt, title } from '../../../services/routes';
import { tellRefusal } from '../../../presenters/refusal';
import { consentWords, type Subject } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = consentWords[language];

Page({
  data: {
    words,
    consent: words.consents.document,
    step: words.step.document,
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

  async onAgree() {
    if (this.subject === 'document') {
      this.subject = 'face';
      this.setData({ consent: words.consents.face, step: words.step.face, ticked: false });
      return;
    }
    this.setData({ busy: true, refusal: { title: '', text: '' } });
    const called = await begin();
    this.setData({ busy: false });
    if (!called.ok) {
      this.setData({ refusal: tellRefusal(called.error, language) });
      return;
    }
    consented(called.reply);
    await replace({ page: 'capture', side: 'front' });
  },

  onDecline() {
    this.setData({ declined: true });
  },

  onReconsider() {
    this.subject = 'document';
    this.setData({ declined: false, consent: words.consents.document, step: words.step.document, ticked: false });
  },

  async onLeave() {
    await restartAt({ page: 'home' });
  },
});
