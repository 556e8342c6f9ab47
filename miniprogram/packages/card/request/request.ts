import { purposeTable, type PurposeId, type SessionHandle } from '../../../protocol';
import { toldByName } from '../../../presenters/disclosure';
import { tellRefusal, type ToldRefusal } from '../../../presenters/refusal';
import { claimCounter } from '../../../services/holder';
import { replace, restartAt, sessionOf, title } from '../../../services/routes';
import { requestWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = requestWords[language];

Page({
  data: {
    words,
    state: 'loading' as 'loading' | 'asked' | 'refused',
    partner: '',
    terminal: '',
    purpose: '',
    tells: [] as string[],
    stepUp: '',
    told: null as ToldRefusal | null,
  },

  session: null as SessionHandle | null,
  purpose: null as PurposeId | null,

  async onLoad(query): Promise<void> {
    title(words.barTitle);
    this.session = sessionOf(query);
    if (!this.session) return restartAt({ page: 'home' });
    await this.load(this.session);
  },

  async load(session: SessionHandle): Promise<void> {
    this.setData({ state: 'loading' });
    const called = await claimCounter({ session });
    if (!called.ok) {
      this.setData({ state: 'refused', told: tellRefusal(called.error, language) });
      return;
    }
    const { partner, terminal, purpose, claims, portrait, stepUp } = called.reply;
    this.purpose = purpose;
    this.setData({
      state: 'asked',
      partner: partner[language],
      terminal,
      purpose: purposeTable[purpose].names[language],
      tells: toldByName(claims, portrait, language),
      stepUp: stepUp.map((step) => words.proofs[step]).join(language === 'zh' ? '、' : ', '),
    });
  },

  async onAgree(): Promise<void> {
    const { session, purpose } = this;
    if (session && purpose) await replace({ page: 'show', purpose, session });
  },

  async onNext(): Promise<void> {
    const next = this.data.told?.next;
    if (next === 'try-again' && this.session) await this.load(this.session);
    else if (next === 'bind-finger') await replace({ page: 'security' });
    else await this.onLeave();
  },

  onLeave(): Promise<void> {
    return restartAt({ page: 'home' });
  },
});
