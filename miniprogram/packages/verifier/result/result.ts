import type { Look } from '../../../protocol';
import { looks } from '../../../protocol';
import { toldFacts, type ToldFact } from '../../../presenters/answer-facts';
import { toldClaims, type ToldClaim } from '../../../presenters/disclosure';
import { tellMark, type ToldMark } from '../../../presenters/mark';
import { tellVerdict, type ToldVerdict } from '../../../presenters/verdict';
import { answerLook, decide, forget, sinceHeard, type Heard } from '../../../services/check';
import { say } from '../../../services/dialogs';
import { back, title } from '../../../services/routes';
import type { Sent } from '../../../services/unsent-looks';
import { resultWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = resultWords[language];

/** How often ages are told anew, in milliseconds. */
const AGE_MS = 1000;

Page({
  data: {
    words,
    lookIds: looks,
    state: 'checking' as 'checking' | 'valid' | 'refused',
    portrait: '',
    /** By what staff tell that it is this customer: not every task shows a portrait. */
    by: 'mark' as 'portrait' | 'mark',
    claims: [] as ToldClaim[],
    mark: null as ToldMark | null,
    facts: [] as ToldFact[],
    verdict: null as ToldVerdict | null,
    look: '' as Look | '',
    sent: '' as Sent | '',
  },

  heard: null as Heard | null,
  ageing: null as ReturnType<typeof setInterval> | null,
  isLeft: false,

  onLoad(): Promise<void> {
    title(words.barTitle);
    return this.ask();
  },

  onUnload() {
    this.isLeft = true;
    if (this.ageing !== null) clearInterval(this.ageing);
    this.heard = null;
    forget();
  },

  async ask(): Promise<void> {
    this.setData({ state: 'checking' });
    const heard = await decide();
    // Left before the answer came: there is no page to show it on, nor one to go back from.
    if (this.isLeft) return;
    if (!heard) return back();
    this.heard = heard;
    const { called } = heard;
    if (!called.ok) {
      this.setData({ state: 'refused', verdict: tellVerdict(called.error, language) });
      return;
    }
    const { answer } = called.reply;
    this.setData({
      state: 'valid',
      portrait: answer.portrait === null ? '' : `data:image/jpeg;base64,${answer.portrait}`,
      by: answer.portrait === null ? 'mark' : 'portrait',
      claims: toldClaims(answer.claims, answer.purpose, language),
      mark: tellMark(answer.matchMark, language),
    });
    this.age();
    this.ageing ??= setInterval(() => this.age(), AGE_MS);
  },

  age() {
    const { heard } = this;
    if (heard?.called.ok) this.setData({ facts: toldFacts(heard.called.reply.answer, sinceHeard(heard), language) });
  },

  async onLook({ currentTarget }: WechatMiniprogram.TouchEvent): Promise<void> {
    const look = looks.find((one) => one === currentTarget.dataset['look']);
    if (!look || this.data.look) return;
    this.setData({ look });
    await this.onSend();
  },

  async onSend(): Promise<void> {
    const { look } = this.data;
    if (!look) return;
    const wasUnsent = this.data.sent === 'unsent';
    const sent = await answerLook(look);
    this.setData({ sent });
    if (wasUnsent && sent === 'unsent') say(words.still);
  },

  onAgain(): Promise<void> {
    return this.ask();
  },

  onNext(): Promise<void> {
    return back();
  },
});
