import { tellRefusal, type ToldRefusal } from '../../../presenters/refusal';
import { ask, say } from '../../../services/dialogs';
import { beginRenewal, finishRenewal, type Renewal } from '../../../services/fingerprint';
import { withdrawFaceTemplate } from '../../../services/holder';
import { restartAt, title } from '../../../services/routes';
import { securityWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = securityWords[language];

type State = 'start' | 'camera' | 'working' | 'refused' | 'done';

Page({
  data: {
    words,
    state: 'start' as State,
    current: 0,
    busy: false,
    /** Why the finger did not do; empty before it was tried. */
    fault: '',
    told: null as ToldRefusal | null,
  },

  /** The touch that the selfie is to go with. */
  renewal: null as Renewal | null,

  onLoad() {
    title(words.barTitle);
  },

  onUnload() {
    this.renewal = null;
  },

  /** The finger first: nothing is uploaded for a touch that fails. */
  async onBegin(): Promise<void> {
    this.setData({ busy: true, fault: '', told: null });
    const begun = await beginRenewal(words.prompt);
    this.setData({ busy: false });
    if (begun.at === 'phone') this.setData({ state: 'start', fault: words.faults[begun.because] });
    else if (begun.called.ok) {
      this.renewal = begun.called.reply;
      this.setData({ state: 'camera' });
    } else this.setData({ state: 'refused', told: tellRefusal(begun.called.error, language) });
  },

  async onTaken({ detail }: WechatMiniprogram.CustomEvent<{ file: string }>): Promise<void> {
    const { renewal } = this;
    if (!renewal) return;
    this.setData({ state: 'working', current: 0 });
    const called = await finishRenewal(renewal, detail.file, () => this.setData({ current: 1 }));
    this.renewal = null;
    this.setData(called.ok ? { state: 'done' } : { state: 'refused', told: tellRefusal(called.error, language) });
  },

  /** Whatever was refused, a touch is good once: it begins with the finger again. */
  onNext(): Promise<void> {
    return this.data.told?.next === 'home' ? this.onLeave() : this.onBegin();
  },

  async onWithdraw(): Promise<void> {
    const asked = words.question;
    if (!(await ask({ title: asked.title, text: asked.text, yes: asked.yes, no: asked.no }))) return;
    this.setData({ busy: true });
    const called = await withdrawFaceTemplate();
    this.setData({ busy: false });
    say(called.ok ? words.withdrawn : tellRefusal(called.error, language).text);
  },

  onLeave(): Promise<void> {
    return restartAt({ page: 'home' });
  },
});
