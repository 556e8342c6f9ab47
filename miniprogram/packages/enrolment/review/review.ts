import { readFields, type ReadField } from '../../../presenters/read-fields';
import { current } from '../../../services/enrolment-session';
import { replace, restartAt, title } from '../../../services/routes';
import { reviewWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = reviewWords[language];

Page({
  data: { words, front: [] as ReadField[], back: [] as ReadField[] },

  onLoad() {
    title(words.barTitle);
    const session = current();
    if (session.at === 'read') this.setData(readFields(session.fields, language));
    else void restartAt({ page: 'home' });
  },

  onUnload() {
    // What was read of a person leaves with the page.
    this.setData({ front: [], back: [] });
  },

  async onRetakeFront() {
    await replace({ page: 'capture', side: 'front' });
  },

  async onRetakeBack() {
    await replace({ page: 'capture', side: 'back' });
  },

  async onConfirm() {
    const session = current();
    const isRead = session.at === 'read';
    if (isRead && session.needsGuardian) await replace({ page: 'guardian' });
    else await replace({ page: isRead && session.enrolment.isFaceless ? 'case' : 'selfie' });
  },
});
