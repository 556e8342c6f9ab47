import { fileNameOf, listPeriods, periodIds, periodOf, type PeriodId } from '../../../presenters/export-periods';
import { tellPartnerRefusal } from '../../../presenters/partner-refusal';
import { exportPeriod } from '../../../services/export';
import { removeFile, shareFile } from '../../../services/files';
import { back, title } from '../../../services/routes';
import { wallClock } from '../../../services/wall-clock';
import { exportWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const { rows, made, ...words } = exportWords[language];

interface Told {
  readonly tone: 'info' | 'good' | 'warn' | 'bad';
  readonly title: string;
  readonly text: string;
}

Page({
  data: {
    words,
    state: 'choice' as 'choice' | 'making' | 'made',
    periods: listPeriods(language),
    chosen: 'week' as PeriodId,
    progress: '',
    file: '',
    told: null as Told | null,
  },

  onLoad() {
    title(words.barTitle);
  },

  /** What was exported leaves the phone with the page. */
  onUnload() {
    this.discard();
  },

  discard() {
    const { file } = this.data;
    if (file) removeFile(file);
    this.setData({ file: '' });
  },

  onPeriod({ detail }: WechatMiniprogram.CustomEvent<{ readonly id: string }>) {
    this.setData({ chosen: periodIds.find((one) => one === detail.id) ?? 'week', told: null });
  },

  async onMake(): Promise<void> {
    this.setData({ state: 'making', progress: rows(0), told: null });
    const period = periodOf(this.data.chosen, wallClock());
    const called = await exportPeriod(period, fileNameOf(period), (count) => this.setData({ progress: rows(count) }));
    if (!called.ok) {
      const { title: what, text } = tellPartnerRefusal(called.error, language);
      this.setData({ state: 'choice', told: { tone: 'bad', title: what, text } });
      return;
    }
    const { name: file, rows: found } = called.reply;
    if (found === 0) {
      removeFile(file);
      this.setData({ state: 'choice', told: { tone: 'info', title: words.emptyTitle, text: words.emptyText } });
      return;
    }
    this.setData({ state: 'made', file, told: { tone: 'good', title: words.madeTitle, text: made(found) } });
  },

  async onSend(): Promise<void> {
    if (!this.data.file) return;
    const outcome = await shareFile(this.data.file);
    if (outcome === 'sent') this.setData({ told: { tone: 'good', title: words.madeTitle, text: words.sent } });
    else if (outcome === 'failed') {
      this.setData({ told: { tone: 'warn', title: words.notSentTitle, text: words.notSentText } });
    }
  },

  onAnew() {
    this.discard();
    this.setData({ state: 'choice', told: null });
  },

  onLeave(): Promise<void> {
    return back();
  },
});
