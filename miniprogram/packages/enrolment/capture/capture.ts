import { tellRefusal, type ToldRefusal } from '../../../presenters/refusal';
import { readSides } from '../../../services/enrolment';
import { current, ended, photographed, read } from '../../../services/enrolment-session';
import { replace, restartAt, sideOf, title, type Side } from '../../../services/routes';
import { follow } from '../steps';
import { captureWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = captureWords[language];

Page({
  data: {
    words,
    state: 'camera' as 'camera' | 'reading' | 'refused',
    side: words.sides.front,
    current: 0,
    told: null as ToldRefusal | null,
  },

  side: 'front' as Side,

  onLoad(query) {
    title(words.barTitle);
    this.side = sideOf(query);
    this.setData({ side: words.sides[this.side] });
    const session = current();
    if (session.at !== 'consented' && session.at !== 'read') void restartAt({ page: 'home' });
  },

  async onTaken({ detail }: WechatMiniprogram.CustomEvent<{ file: string }>) {
    photographed(this.side, detail.file);
    const session = current();
    if (session.at !== 'consented') return;
    if (session.pictures.back === undefined) {
      this.side = 'back';
      this.setData({ side: words.sides.back });
      await replace({ page: 'capture', side: 'back' });
      return;
    }
    await this.readBoth();
  },

  async readBoth() {
    const session = current();
    const { front, back } = session.at === 'consented' ? session.pictures : {};
    if (session.at !== 'consented' || front === undefined || back === undefined) {
      await replace({ page: 'capture', side: 'front' });
      return;
    }
    this.setData({ state: 'reading', current: 0 });
    const called = await readSides(session.enrolment, { front, back }, () => this.setData({ current: 1 }));
    if (called.ok) {
      const { fields, guardian } = called.reply;
      read(fields, guardian !== undefined && guardian !== 'given');
      await replace({ page: 'review' });
      return;
    }
    this.setData({ state: 'refused', told: tellRefusal(called.error, language) });
  },

  async onNext() {
    const { told } = this.data;
    if (told) await follow(told, () => this.readBoth());
  },

  async onLeave() {
    ended();
    await restartAt({ page: 'home' });
  },
});
