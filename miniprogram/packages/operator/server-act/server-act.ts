import { institutionUses, type InstitutionActKind } from '../../../protocol';
import {
  draftOf,
  institutionKinds,
  kindsFor,
  readInstitutionDraft,
  sumUpInstitution,
  tellInstitutionForm,
  type FormSubject,
  type InstitutionDraft,
  type InstitutionForm,
  type InstitutionRequest,
  type InstitutionSummary,
} from '../../../presenters/institution-form';
import { tellOperator } from '../../../presenters/operator-refusal';
import { listedServer } from '../../../presenters/servers';
import { say, tell } from '../../../services/dialogs';
import { nameKey } from '../../../services/key-names';
import { describeOperator, listInstitutions, proposeAct } from '../../../services/operator';
import { back, clientOf, referenceOf, replace, title, toTop } from '../../../services/routes';
import { serverActWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = serverActWords[language];

type Typed = WechatMiniprogram.CustomEvent<{ value: string }>;
type Chosen = WechatMiniprogram.CustomEvent<{ id: string }>;

const nobody: FormSubject = { partner: '', server: null };

Page({
  data: {
    words,
    state: 'loading' as 'loading' | 'form' | 'check' | 'nothing' | 'failed',
    subject: '',
    draft: draftOf(nobody),
    form: null as InstitutionForm | null,
    summary: null as InstitutionSummary | null,
    fault: '',
    busy: false,
    failure: { title: '', text: '' },
  },

  kinds: [] as readonly InstitutionActKind[],
  subject: nobody,
  /** What the summary that is shown sums up. */
  summed: null as InstitutionRequest | null,
  asked: { partner: '', client: '' },

  onLoad(query: Readonly<Record<string, string | undefined>>): Promise<void> {
    title(words.barTitle);
    this.asked = { partner: referenceOf(query), client: clientOf(query) };
    return this.open();
  },

  async open(): Promise<void> {
    const { partner, client } = this.asked;
    const [who, listed] = await Promise.all([describeOperator(), listInstitutions(partner)]);
    if (!who.ok || !listed.ok) {
      const { error } = who.ok ? (listed as Extract<typeof listed, { ok: false }>) : who;
      this.setData({ state: 'failed', failure: tellOperator(error, language) });
      return;
    }
    const { names, institutions } = listed.reply;
    const found = institutions.find((one) => one.client === client && one.state === 'active');
    this.subject = { partner, server: found ? listedServer(found) : null };
    // A server that has ended meanwhile is not registered anew in its place.
    this.kinds = client !== '' && !found ? [] : kindsFor(this.subject, institutionKinds(who.reply.acts));
    this.setData({ state: this.kinds.length > 0 ? 'form' : 'nothing', subject: names[language] });
    this.fill(draftOf(this.subject));
  },

  onRetry(): Promise<void> {
    this.setData({ state: 'loading' });
    return this.open();
  },

  fill(draft: InstitutionDraft) {
    this.setData({ draft, form: tellInstitutionForm(draft, this.kinds, this.subject.server, language), fault: '' });
  },

  onAct({ detail }: Chosen) {
    const kind = this.kinds.find((one) => one === detail.id);
    if (kind) this.fill({ ...this.data.draft, kind, reason: '' });
  },

  onUse({ detail }: Chosen) {
    const use = institutionUses.find((one) => one === detail.id);
    if (use) this.fill({ ...this.data.draft, use });
  },

  onClient({ detail }: Typed) {
    this.fill({ ...this.data.draft, client: detail.value });
  },

  onKeys({ detail }: Typed) {
    this.fill({ ...this.data.draft, keys: detail.value });
  },

  onKid({ detail }: Chosen) {
    this.fill({ ...this.data.draft, kid: detail.id });
  },

  onRedirectUris({ detail }: Typed) {
    this.fill({ ...this.data.draft, redirectUris: detail.value });
  },

  onEvents({ detail }: Typed) {
    this.fill({ ...this.data.draft, events: detail.value });
  },

  onReason({ detail }: Chosen) {
    this.fill({ ...this.data.draft, reason: detail.id });
  },

  onCheck() {
    const act = readInstitutionDraft(this.data.draft, this.subject);
    if (typeof act === 'string') {
      // A private key that was pasted by mistake stays no longer than it takes to say so.
      if (act === 'privateKey') this.fill({ ...this.data.draft, keys: '' });
      this.setData({ fault: words.faults[act] });
      return;
    }
    this.summed = act;
    this.setData({ state: 'check', summary: sumUpInstitution(act, nameKey, language) });
    toTop();
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
