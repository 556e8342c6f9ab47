import {
  chooseAct,
  criteria,
  emptyDraft,
  massActKinds,
  readMassDraft,
  sumUp,
  tellMassForm,
  type MassDraft,
  type MassForm,
  type MassRequest,
  type MassSummary,
} from '../../../presenters/mass-act-form';
import type { MassActKind } from '../../../presenters/critical-acts';
import type { ListedKey } from '../../../presenters/issuer-keys';
import { tellOperator } from '../../../presenters/operator-refusal';
import { say, tell } from '../../../services/dialogs';
import { describeOperator, listKeys, proposeAct } from '../../../services/operator';
import { actOf, back, keyOf, replace, title, toTop } from '../../../services/routes';
import { wallClock } from '../../../services/wall-clock';
import { massActWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = massActWords[language];

type Typed = WechatMiniprogram.CustomEvent<{ value: string }>;
type Chosen = WechatMiniprogram.CustomEvent<{ id: string }>;

Page({
  data: {
    words,
    state: 'loading' as 'loading' | 'form' | 'check' | 'nothing' | 'failed',
    draft: emptyDraft,
    form: null as MassForm | null,
    summary: null as MassSummary | null,
    fault: '',
    busy: false,
    failure: { title: '', text: '' },
  },

  mine: [] as MassActKind[],
  keys: [] as readonly ListedKey[],
  /** What the summary that is shown sums up. */
  summed: null as MassRequest | null,
  asked: null as MassActKind | null,

  onLoad(query: Readonly<Record<string, string | undefined>>): Promise<void> {
    title(words.barTitle);
    const act = actOf(query);
    this.asked = massActKinds.find((kind) => kind === act) ?? null;
    const kid = keyOf(query);
    this.setData({ draft: { ...emptyDraft, kid, by: kid === '' ? '' : 'kid' } });
    return this.open();
  },

  async open(): Promise<void> {
    const [who, keys] = await Promise.all([describeOperator(), listKeys()]);
    if (!who.ok || !keys.ok) {
      const { error } = who.ok ? (keys as Extract<typeof keys, { ok: false }>) : who;
      this.setData({ state: 'failed', failure: tellOperator(error, language) });
      return;
    }
    this.mine = massActKinds.filter((kind) => who.reply.acts.includes(kind));
    this.keys = keys.reply.keys;
    this.setData({ state: this.mine.length > 0 ? 'form' : 'nothing' });
    const { draft } = this.data;
    const asked = this.mine.find((kind) => kind === this.asked);
    this.fill(asked ? chooseAct(draft, asked, this.keys) : draft);
  },

  onRetry(): Promise<void> {
    this.setData({ state: 'loading' });
    return this.open();
  },

  fill(draft: MassDraft) {
    this.setData({ draft, form: tellMassForm(draft, this.mine, this.keys, language), fault: '' });
  },

  onAct({ detail }: Chosen) {
    const kind = this.mine.find((one) => one === detail.id);
    if (kind) this.fill(chooseAct(this.data.draft, kind, this.keys));
  },

  onCriterion({ detail }: Chosen) {
    const by = criteria.find((one) => one === detail.id);
    if (by) this.fill({ ...this.data.draft, by });
  },

  onKey({ detail }: Chosen) {
    this.fill({ ...this.data.draft, kid: detail.id });
  },

  onOffice({ detail }: Typed) {
    this.fill({ ...this.data.draft, office: detail.value });
  },

  onFirst({ detail }: Typed) {
    this.fill({ ...this.data.draft, first: detail.value });
  },

  onLast({ detail }: Typed) {
    this.fill({ ...this.data.draft, last: detail.value });
  },

  onReason({ detail }: Chosen) {
    this.fill({ ...this.data.draft, reason: detail.id });
  },

  onCheck() {
    const act = readMassDraft(this.data.draft, this.keys, wallClock());
    if (typeof act === 'string') this.setData({ fault: words.faults[act] });
    else {
      this.summed = act;
      this.setData({ state: 'check', summary: sumUp(act, this.keys, language) });
      toTop();
    }
  },

  onChange() {
    this.setData({ state: 'form' });
  },

  /** Proposes what was summed up, and nothing else. */
  async onPropose(): Promise<void> {
    if (this.data.busy || this.data.state !== 'check' || !this.summed) return;
    this.setData({ busy: true });
    const called = await proposeAct(this.summed);
    this.setData({ busy: false });
    if (called.ok) {
      say(words.proposed);
      await replace({ page: 'acts' });
    } else await tell({ ...tellOperator(called.error, language), ok: words.understood });
  },

  onBack(): Promise<void> {
    return back();
  },
});
