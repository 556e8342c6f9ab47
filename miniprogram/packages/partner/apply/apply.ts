import { claimNames, contactRoles, partnerCategories, purposeIds, type PurposeId } from '../../../protocol';
import {
  applicationOf,
  draftOf,
  emptyDraft,
  faultsOfDraft,
  faultsOfWanted,
  lengths,
  toggledClaim,
  toggledPurpose,
  wantedOf,
  withPurpose,
  type Draft,
  type Faults,
} from '../../../presenters/application-form';
import { drawPurposes, listCategories, listContacts, type DrawnPurpose } from '../../../presenters/drawn-application';
import { tellPartnerRefusal } from '../../../presenters/partner-refusal';
import { say } from '../../../services/dialogs';
import { applyAsPartner, askForPurposes, getPartner } from '../../../services/partner';
import { partOf, replace, toTop, title, back, type ApplicationPart } from '../../../services/routes';
import { applyWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = applyWords[language];

type Chosen = WechatMiniprogram.CustomEvent<{ readonly id: string }>;
type Typed = WechatMiniprogram.CustomEvent<{ readonly value: string }>;

Page({
  data: {
    words,
    state: 'loading' as 'loading' | 'form' | 'failed',
    part: 'whole' as ApplicationPart,
    lengths,
    categories: listCategories(language),
    contacts: listContacts(language),
    draft: emptyDraft,
    faults: {} as Faults,
    purposes: [] as DrawnPurpose[],
    isFaulty: false,
    refusal: null as { title: string; text: string } | null,
    busy: false,
    failure: { title: '', text: '' },
  },

  async onLoad(query): Promise<void> {
    const part = partOf(query);
    title(words.barTitles[part]);
    this.setData({ part });
    await this.open();
  },

  /** A business that has applied before is amended; nobody's is a new one. */
  async open(): Promise<void> {
    const called = await getPartner();
    if (called.ok) this.draw(draftOf(called.reply, language));
    else if (called.error.code === 'not_permitted' && this.data.part === 'whole') this.draw(emptyDraft);
    else {
      this.setData({ state: 'failed', failure: tellPartnerRefusal(called.error, language) });
      return;
    }
    this.setData({ state: 'form' });
  },

  draw(draft: Draft) {
    // What is marked stays marked until it is right.
    const found = this.data.isFaulty ? this.faultsOf(draft) : {};
    this.setData({
      draft,
      faults: found,
      purposes: drawPurposes(draft, found, language),
      isFaulty: Object.keys(found).length > 0,
    });
  },

  faultsOf(draft: Draft): Faults {
    return this.data.part === 'whole' ? faultsOfDraft(draft, language) : faultsOfWanted(draft, language);
  },

  onType({ currentTarget, detail }: Typed) {
    const field = (['zh', 'en', 'creditCode', 'address'] as const).find(
      (one) => one === currentTarget.dataset['field'],
    );
    if (field) this.draw({ ...this.data.draft, [field]: detail.value });
  },

  onCategory({ detail }: Chosen) {
    this.draw({ ...this.data.draft, category: partnerCategories.find((one) => one === detail.id) ?? null });
  },

  onContact({ detail }: Chosen) {
    this.draw({ ...this.data.draft, contactRole: contactRoles.find((one) => one === detail.id) ?? null });
  },

  purposeAt({ currentTarget }: WechatMiniprogram.BaseEvent): PurposeId | null {
    return purposeIds.find((one) => one === currentTarget.dataset['purpose']) ?? null;
  },

  onPurpose(event: WechatMiniprogram.TouchEvent) {
    const purpose = this.purposeAt(event);
    if (purpose) this.draw(toggledPurpose(this.data.draft, purpose));
  },

  onClaim(event: WechatMiniprogram.TouchEvent) {
    const purpose = this.purposeAt(event);
    const claim = claimNames.find((one) => one === event.currentTarget.dataset['claim']);
    if (purpose && claim) this.draw(toggledClaim(this.data.draft, purpose, claim));
  },

  onWhy(event: Typed) {
    const purpose = this.purposeAt(event);
    if (purpose) this.draw(withPurpose(this.data.draft, purpose, { why: event.detail.value }));
  },

  async onSend(): Promise<void> {
    const { draft, part } = this.data;
    const faults = this.faultsOf(draft);
    if (Object.keys(faults).length > 0) {
      this.setData({ isFaulty: true, faults, purposes: drawPurposes(draft, faults, language) });
      toTop();
      return;
    }
    const application = applicationOf(draft);
    this.setData({ busy: true, refusal: null });
    const called =
      part === 'whole' && application ? await applyAsPartner(application) : await askForPurposes(wantedOf(draft));
    this.setData({ busy: false });
    if (called.ok) {
      say(words.sent);
      await replace({ page: 'business' });
    } else {
      this.setData({ refusal: tellPartnerRefusal(called.error, language) });
      toTop();
    }
  },

  onRetry(): Promise<void> {
    this.setData({ state: 'loading' });
    return this.open();
  },

  onLeave(): Promise<void> {
    return back();
  },
});
