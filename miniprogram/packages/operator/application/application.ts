import { refusalReasons, type DoneReply, type WantedPurpose } from '../../../protocol';
import type { Fact } from '../../../presenters/facts';
import {
  draftGrants,
  listGrants,
  readGrants,
  toggleClaim,
  togglePurpose,
  typePerDay,
  type DraftGrant,
  type ListedGrant,
} from '../../../presenters/grant-draft';
import { reasonOptions } from '../../../presenters/operator-reasons';
import { tellOperator } from '../../../presenters/operator-refusal';
import { partnerFacts } from '../../../presenters/partner-facts';
import type { Called } from '../../../services/call';
import { ask, say, tell } from '../../../services/dialogs';
import { approvePartner, openApplication, refusePartner } from '../../../services/operator';
import { back, referenceOf, title } from '../../../services/routes';
import { applicationWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = applicationWords[language];

Page({
  data: {
    words,
    state: 'loading' as 'loading' | 'application' | 'failed',
    name: '',
    facts: [] as Fact[],
    isRegistered: false,
    grants: [] as ListedGrant[],
    isRefusing: false,
    reasons: reasonOptions(refusalReasons, language),
    chosen: '',
    fault: '',
    busy: false,
    failure: { title: '', text: '' },
  },

  partner: '',
  wanted: [] as readonly WantedPurpose[],
  askedAt: 0,
  drafts: [] as readonly DraftGrant[],

  onLoad(query: Readonly<Record<string, string | undefined>>): Promise<void> {
    title(words.barTitle);
    this.partner = referenceOf(query);
    return this.open();
  },

  async open(): Promise<void> {
    const called = await openApplication(this.partner);
    if (!called.ok) {
      this.setData({ state: 'failed', failure: tellOperator(called.error, language) });
      return;
    }
    const { askedAt, details, wanted, grants } = called.reply;
    this.wanted = wanted;
    this.askedAt = askedAt;
    this.setData({
      state: 'application',
      name: details.names[language],
      facts: partnerFacts(details, language),
      isRegistered: grants.length > 0,
    });
    this.draft(draftGrants(wanted, grants));
  },

  onRetry(): Promise<void> {
    this.setData({ state: 'loading' });
    return this.open();
  },

  draft(drafts: readonly DraftGrant[]) {
    this.drafts = drafts;
    this.setData({ grants: listGrants(drafts, this.wanted, language), fault: '' });
  },

  onPurpose({ currentTarget }: WechatMiniprogram.TouchEvent) {
    this.draft(togglePurpose(this.drafts, String(currentTarget.dataset['purpose'])));
  },

  onClaim({ currentTarget }: WechatMiniprogram.TouchEvent) {
    const { purpose, claim } = currentTarget.dataset;
    this.draft(toggleClaim(this.drafts, this.wanted, String(purpose), String(claim)));
  },

  onPerDay({ currentTarget, detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.drafts = typePerDay(this.drafts, String(currentTarget.dataset['purpose']), detail.value);
    this.setData({ fault: '' });
  },

  async onApprove(): Promise<void> {
    const grants = readGrants(this.drafts);
    if (typeof grants === 'string') this.setData({ fault: words.faults[grants] });
    else {
      const { partner, askedAt } = this;
      await this.decide('approve', () => approvePartner({ partner, askedAt, grants: [...grants] }));
    }
  },

  onRefuse() {
    this.setData({ isRefusing: true, fault: '' });
  },

  onCancel() {
    this.setData({ isRefusing: false, fault: '' });
  },

  onChoose({ detail }: WechatMiniprogram.CustomEvent<{ id: string }>) {
    this.setData({ chosen: detail.id, fault: '' });
  },

  async onRefuseNow(): Promise<void> {
    const reason = refusalReasons.find((one) => one === this.data.chosen);
    if (!reason) this.setData({ fault: words.noReason });
    else await this.decide('refuse', () => refusePartner({ partner: this.partner, reason }));
  },

  async decide(decision: 'approve' | 'refuse', call: () => Promise<Called<DoneReply>>): Promise<void> {
    if (this.data.busy) return;
    const asked = words.asked[decision];
    if (!(await ask({ title: asked.title, text: asked.text, yes: asked.yes, no: asked.no }))) return;
    this.setData({ busy: true });
    const called = await call();
    this.setData({ busy: false });
    if (!called.ok) {
      await tell({ ...tellOperator(called.error, language), ok: words.understood });
      return;
    }
    say(words.done[decision]);
    await back();
  },

  onBack(): Promise<void> {
    return back();
  },
});
