import { showKillCode, tellNoCode, tellPresentCode, type ShownKillCode } from '../../../presenters/kill-code';
import { ask, say } from '../../../services/dialogs';
import { handOver, removeFile } from '../../../services/files';
import { issueKillCode } from '../../../services/holder';
import { back, sinceOf, title } from '../../../services/routes';
import { killCodeWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = killCodeWords[language];

const SHEET = 'kill-code.txt';

Page({
  data: {
    words,
    state: 'start' as 'start' | 'made',
    /** Since when there is a code; empty where there is none. */
    present: '',
    busy: false,
    failure: { title: '', text: '' },
    shown: null as ShownKillCode | null,
  },

  onLoad(query) {
    title(words.barTitle);
    const since = sinceOf(query);
    if (since !== null) this.setData({ present: tellPresentCode(since, language) });
  },

  onUnload() {
    // Nobody who finds the phone is to find the code, too.
    this.setData({ shown: null });
    removeFile(SHEET);
  },

  async onMake(): Promise<void> {
    if (this.data.busy) return;
    const asked = words.question;
    if (this.data.present && !(await ask({ title: asked.title, text: asked.text, yes: asked.yes, no: asked.no })))
      return;
    this.setData({ busy: true, failure: { title: '', text: '' } });
    const called = await issueKillCode();
    this.setData({ busy: false });
    if (called.ok) this.setData({ state: 'made', shown: showKillCode(called.reply, language) });
    else {
      const { title: heading, text } = tellNoCode(called.error, language);
      this.setData({ failure: { title: heading, text } });
    }
  },

  async onSheet(): Promise<void> {
    const { shown } = this.data;
    if (shown && (await handOver(SHEET, shown.sheet)) === 'failed') say(words.notHandedOver);
  },

  onLeave(): Promise<void> {
    return back();
  },
});
