import { isSingleAct, singleActs, type CriticalActKind, type SingleActKind } from '../../../protocol';
import { actForm, actOptions, readActForm, type ActForm } from '../../../presenters/critical-acts';
import type { Fact } from '../../../presenters/facts';
import type { Option } from '../../../presenters/operator-reasons';
import { tellOperator } from '../../../presenters/operator-refusal';
import { groupedReference, shortReference } from '../../../presenters/reference';
import { tell } from '../../../services/dialogs';
import { describeOperator, proposeAct } from '../../../services/operator';
import { actOf, back, referenceOf, title } from '../../../services/routes';
import { proposeWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = proposeWords[language];

Page({
  data: {
    words,
    state: 'loading' as 'loading' | 'form' | 'nothing' | 'done' | 'failed',
    acts: [] as Option[],
    kind: '' as SingleActKind | '',
    form: null as ActForm | null,
    typed: '',
    reason: '',
    fault: '',
    busy: false,
    facts: [] as Fact[],
    failure: { title: '', text: '' },
  },

  asked: null as CriticalActKind | null,

  onLoad(query: Readonly<Record<string, string | undefined>>): Promise<void> {
    title(words.barTitle);
    this.asked = actOf(query);
    this.setData({ typed: groupedReference(referenceOf(query)) });
    return this.open();
  },

  async open(): Promise<void> {
    const called = await describeOperator();
    if (!called.ok) {
      this.setData({ state: 'failed', failure: tellOperator(called.error, language) });
      return;
    }
    const acts = called.reply.acts.filter(isSingleAct);
    this.setData({ state: acts.length > 0 ? 'form' : 'nothing', acts: actOptions(acts, language) });
    const kind = acts.find((one) => one === this.asked) ?? (acts.length === 1 ? acts[0] : undefined);
    if (kind) this.choose(kind);
  },

  onRetry(): Promise<void> {
    this.setData({ state: 'loading' });
    return this.open();
  },

  choose(kind: SingleActKind) {
    this.setData({ kind, form: actForm(kind, language), reason: '', fault: '' });
  },

  onAct({ detail }: WechatMiniprogram.CustomEvent<{ id: string }>) {
    const kind = singleActs.find((one) => one === detail.id);
    if (kind) this.choose(kind);
  },

  onType({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ typed: detail.value, fault: '' });
  },

  onReason({ detail }: WechatMiniprogram.CustomEvent<{ id: string }>) {
    this.setData({ reason: detail.id, fault: '' });
  },

  async onPropose(): Promise<void> {
    const { kind, typed, reason, busy } = this.data;
    if (busy) return;
    const act = kind === '' ? 'act' : readActForm(kind, typed, reason);
    if (typeof act === 'string') {
      this.setData({ fault: words.faults[act] });
      return;
    }
    this.setData({ busy: true });
    const called = await proposeAct(act);
    this.setData({ busy: false });
    if (!called.ok) {
      await tell({ ...tellOperator(called.error, language), ok: words.understood });
      return;
    }
    const { proposal, hash } = called.reply;
    this.setData({
      state: 'done',
      facts: [
        { name: this.data.form?.targetName ?? '', value: groupedReference(act.target), isCode: true },
        { name: words.proposal, value: shortReference(proposal), isCode: true },
        { name: words.hash, value: shortReference(hash.slice(0, 32)), isCode: true },
      ],
    });
  },

  onBack(): Promise<void> {
    return back();
  },
});
