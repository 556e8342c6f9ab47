import { exportedSections, exportedText, type ExportedSection } from '../../../presenters/exported';
import type { ToldRefusal } from '../../../presenters/refusal';
import { tellUnexported } from '../../../presenters/unexported';
import { fetchExport, type DataExport } from '../../../services/data-export';
import { say } from '../../../services/dialogs';
import { handOver, removeFile } from '../../../services/files';
import { back, go, restartAt, title } from '../../../services/routes';
import { dataExportWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const { readingText, ...words } = dataExportWords[language];

const DATA = 'wechat-id-export.json';
const TEXT = 'wechat-id-export.txt';

Page({
  data: {
    words,
    state: 'start' as 'start' | 'reading' | 'shown' | 'refused',
    /** How far the reading has come. */
    progress: '',
    sections: [] as ExportedSection[],
    portrait: '',
    told: null as ToldRefusal | null,
  },

  exported: null as DataExport | null,

  onLoad() {
    title(words.barTitle);
  },

  onUnload() {
    // What was read of a person leaves with the page.
    this.exported = null;
    this.setData({ sections: [], portrait: '' });
    removeFile(DATA);
    removeFile(TEXT);
  },

  async onRead(): Promise<void> {
    this.setData({ state: 'reading', progress: '' });
    const called = await fetchExport((events) => this.setData({ progress: readingText(events) }));
    if (!called.ok) {
      this.setData({ state: 'refused', told: tellUnexported(called.error, language) });
      return;
    }
    this.exported = called.reply;
    this.setData({
      state: 'shown',
      sections: exportedSections(called.reply, language),
      portrait: `data:image/jpeg;base64,${called.reply.record.person.portrait}`,
    });
  },

  async onData(): Promise<void> {
    if (this.exported) await this.give(DATA, JSON.stringify(this.exported, null, 2));
  },

  async onText(): Promise<void> {
    if (this.exported) await this.give(TEXT, exportedText(this.exported, language));
  },

  async give(name: string, text: string): Promise<void> {
    if ((await handOver(name, text)) === 'failed') say(words.notHandedOver);
  },

  onNext(): Promise<void> {
    const next = this.data.told?.next;
    if (next === 'try-again') return this.onRead();
    return next === 'enrol-anew' ? go({ page: 'consent' }) : restartAt({ page: 'home' });
  },

  onLeave(): Promise<void> {
    return back();
  },
});
