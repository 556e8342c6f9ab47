import { toldClaims, type ToldClaim } from '../../../presenters/disclosure';
import type { ToldFact } from '../../../presenters/answer-facts';
import { statusAsOf, tellOfflineFault, toldPassFacts } from '../../../presenters/offline';
import type { ToldVerdict } from '../../../presenters/verdict';
import type { OfflineCheck } from '../../../services/offline-check';
import { decidePass, forgetPass, ticks, timeSince } from '../../../services/pass-scan';
import { back, title } from '../../../services/routes';
import { passWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = passWords[language];

/** How often ages are told anew, in milliseconds. */
const AGE_MS = 1000;

Page({
  data: {
    words,
    state: 'checking' as 'checking' | 'valid' | 'refused',
    asOf: '',
    claims: [] as ToldClaim[],
    facts: [] as ToldFact[],
    verdict: null as ToldVerdict | null,
  },

  checked: null as OfflineCheck | null,
  tick: 0,
  ageing: null as ReturnType<typeof setInterval> | null,
  isLeft: false,

  async onLoad(): Promise<void> {
    title(words.barTitle);
    const checked = await decidePass();
    // Left before it was decided: there is no page to show it on, nor one to go back from.
    if (this.isLeft) return;
    if (!checked) return back();
    if (!checked.ok) {
      this.setData({ state: 'refused', verdict: tellOfflineFault(checked.fault, language) });
      return;
    }
    this.checked = checked;
    this.tick = ticks();
    const { claims, purpose } = checked.pass;
    this.setData({ state: 'valid', claims: toldClaims(claims, purpose, language) });
    this.age();
    this.ageing = setInterval(() => this.age(), AGE_MS);
  },

  onUnload() {
    this.isLeft = true;
    if (this.ageing !== null) clearInterval(this.ageing);
    this.checked = null;
    forgetPass();
  },

  age() {
    const { checked } = this;
    if (!checked?.ok) return;
    const now = timeSince(checked.checkedAt, this.tick);
    this.setData({
      asOf: statusAsOf(checked.pass.issuedAt * 1000, now, language),
      facts: toldPassFacts(checked.pass, checked.checkedAt, now, language),
    });
  },

  onNext(): Promise<void> {
    return back();
  },
});
