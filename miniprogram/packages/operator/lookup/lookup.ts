import { holdReasons, type DoneReply, type FindCardReply } from '../../../protocol';
import { heldNow, tellCard, type ToldCard } from '../../../presenters/card-stop';
import { reasonOptions } from '../../../presenters/operator-reasons';
import { tellOperator } from '../../../presenters/operator-refusal';
import { readHexReference } from '../../../presenters/reference';
import type { Called } from '../../../services/call';
import { ask, say, tell } from '../../../services/dialogs';
import { findCard, holdCard, releaseCard } from '../../../services/operator';
import { go, title } from '../../../services/routes';
import { wallClock } from '../../../services/wall-clock';
import { lookupWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = lookupWords[language];
const references = ['card', 'case'] as const;

Page({
  data: {
    words,
    references: references.map((id) => ({ id, name: words.references[id] })),
    by: 'card' as (typeof references)[number],
    typed: '',
    fault: '',
    outcome: '' as '' | 'card' | 'missing' | 'released',
    told: null as ToldCard | null,
    isHolding: false,
    reasons: reasonOptions(holdReasons, language),
    chosen: '',
    busy: false,
  },

  found: null as FindCardReply | null,

  onLoad() {
    title(words.barTitle);
  },

  onUnload() {
    this.found = null;
  },

  onBy({ detail }: WechatMiniprogram.CustomEvent<{ id: string }>) {
    this.setData({ by: references.find((one) => one === detail.id) ?? 'card' });
  },

  onType({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ typed: detail.value, fault: '' });
  },

  async onSearch(): Promise<void> {
    const reference = readHexReference(this.data.typed);
    if (reference === null) {
      this.setData({ fault: words.malformed });
      return;
    }
    if (this.data.busy) return;
    this.found = null;
    this.setData({ busy: true, outcome: '', told: null, isHolding: false, chosen: '' });
    const called = await findCard({ by: this.data.by, reference });
    this.setData({ busy: false });
    if (called.ok) this.show(called.reply);
    else if (called.error.code === 'not_found') this.setData({ outcome: 'missing' });
    else await tell({ ...tellOperator(called.error, language), ok: words.understood });
  },

  show(found: FindCardReply) {
    this.found = found;
    this.setData({ outcome: 'card', told: tellCard(found, language), isHolding: false });
  },

  onHold() {
    this.setData({ isHolding: true });
  },

  onCancel() {
    this.setData({ isHolding: false, fault: '' });
  },

  onReason({ detail }: WechatMiniprogram.CustomEvent<{ id: string }>) {
    this.setData({ chosen: detail.id, fault: '' });
  },

  async onHoldNow(): Promise<void> {
    const { found } = this;
    const reason = holdReasons.find((one) => one === this.data.chosen);
    if (!found) return;
    if (!reason) this.setData({ fault: words.noReason });
    else if (await this.change('hold', () => holdCard({ card: found.card, reason }))) {
      // Asking for the card again would leave one more entry with its holder.
      this.show(heldNow(found, reason, wallClock()));
    }
  },

  async onRelease(): Promise<void> {
    const { found } = this;
    if (!found || !(await this.change('release', () => releaseCard(found.card)))) return;
    this.found = null;
    this.setData({ outcome: 'released', told: null });
  },

  async change(deed: 'hold' | 'release', call: () => Promise<Called<DoneReply>>): Promise<boolean> {
    if (this.data.busy) return false;
    const asked = words.asked[deed];
    if (!(await ask({ title: asked.title, text: asked.text, yes: asked.yes, no: asked.no }))) return false;
    this.setData({ busy: true });
    const called = await call();
    this.setData({ busy: false });
    if (called.ok) say(words.done[deed]);
    else await tell({ ...tellOperator(called.error, language), ok: words.understood });
    return called.ok;
  },

  async onRevoke(): Promise<void> {
    if (this.found) await go({ page: 'propose', kind: 'revoke_card', reference: this.found.card });
  },
});
