import { reviewReasons, type Acceptance } from '../../../protocol';
import { caseFacts } from '../../../presenters/case-facts';
import type { Fact } from '../../../presenters/facts';
import { reasonName, reasonOptions } from '../../../presenters/operator-reasons';
import { tellOperator } from '../../../presenters/operator-refusal';
import { groupedReference } from '../../../presenters/reference';
import { pictureNames, tellAcceptance, tellCauses, tellUnopened } from '../../../presenters/review-case';
import type { Called } from '../../../services/call';
import { ask, say, tell } from '../../../services/dialogs';
import { acceptCase, openCase, refuseCase } from '../../../services/operator';
import { reviewPictures, type ReviewPictures } from '../../../services/review-pictures';
import { back, referenceOf, title } from '../../../services/routes';
import { hideCaptures } from '../../../services/screen';
import { caseWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = caseWords[language];

/** A picture of the case: its address once it was opened. */
interface CasePicture {
  readonly at: number;
  readonly name: string;
  readonly src: string;
  readonly isShown: boolean;
}

Page({
  data: {
    words,
    state: 'loading' as 'loading' | 'case' | 'failed',
    number: '',
    portrait: '',
    firstReason: '',
    causes: '',
    accepted: 'none' as Acceptance,
    acceptance: { title: '', text: '' },
    fields: [] as Fact[],
    pictures: [] as CasePicture[],
    isRefusing: false,
    reasons: reasonOptions(reviewReasons, language),
    chosen: '',
    fault: '',
    busy: false,
    failure: { title: '', text: '' },
  },

  id: '',
  opened: null as ReviewPictures | null,
  showCaptures: null as (() => void) | null,
  isLeft: false,

  onLoad(query: Readonly<Record<string, string | undefined>>): Promise<void> {
    title(words.barTitle);
    this.id = referenceOf(query);
    this.opened = reviewPictures(this.id);
    this.showCaptures = hideCaptures();
    this.setData({ number: groupedReference(this.id) });
    return this.open();
  },

  onUnload() {
    this.isLeft = true;
    this.opened?.forget();
    this.showCaptures?.();
  },

  async open(): Promise<void> {
    const called = await openCase(this.id);
    if (this.isLeft) return;
    if (!called.ok) {
      this.setData({ state: 'failed', failure: tellOperator(called.error, language) });
      return;
    }
    const { causes, fields, portrait, pictures, accepted, firstReason } = called.reply;
    this.setData({
      state: 'case',
      portrait: `data:image/jpeg;base64,${portrait}`,
      firstReason: firstReason ? reasonName(firstReason, language) : '',
      causes: tellCauses(causes, language),
      accepted,
      acceptance: tellAcceptance(accepted, language),
      fields: caseFacts(fields, language),
      pictures: pictureNames(pictures, language).map((name, at) => ({ at, name, src: '', isShown: false })),
    });
  },

  onRetry(): Promise<void> {
    this.setData({ state: 'loading' });
    return this.open();
  },

  /** Opens a picture once; after that it is shown and put away without a call, and so without another entry. */
  async onPicture({ currentTarget }: WechatMiniprogram.TouchEvent): Promise<void> {
    const at = Number(currentTarget.dataset['at']);
    const known = this.data.pictures[at];
    if (!known || !this.opened || this.data.busy) return;
    if (known.src !== '') {
      this.showPicture({ ...known, isShown: !known.isShown });
      return;
    }
    this.setData({ busy: true });
    const called = await this.opened.open(at);
    if (this.isLeft) return;
    this.setData({ busy: false });
    if (called.ok) this.showPicture({ ...known, src: called.reply, isShown: true });
    else await tell({ ...tellOperator(called.error, language), ok: words.understood });
  },

  showPicture(shown: CasePicture) {
    this.setData({ fault: '', pictures: this.data.pictures.map((one) => (one.at === shown.at ? shown : one)) });
  },

  /** Nobody accepts what they have not looked at, whoever has accepted it before. */
  async onAccept(): Promise<void> {
    const fault = tellUnopened(this.data.pictures.filter(({ src }) => src === '').length, language);
    this.setData({ fault });
    if (fault !== '') return;
    await this.decide(this.data.accepted === 'none' ? 'accept' : 'acceptSecond', async () => {
      const called = await acceptCase(this.id);
      return called.ok ? { ok: true, reply: called.reply.isDecided ? 'accepted' : 'noted' } : called;
    });
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
    const reason = reviewReasons.find((one) => one === this.data.chosen);
    if (!reason) this.setData({ fault: words.noReason });
    else
      await this.decide('refuse', async () => {
        const called = await refuseCase({ case: this.id, reason });
        return called.ok ? { ok: true, reply: 'refused' } : called;
      });
  },

  async decide(
    decision: keyof typeof words.asked,
    call: () => Promise<Called<keyof typeof words.done>>,
  ): Promise<void> {
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
    say(words.done[called.reply]);
    await back();
  },

  onBack(): Promise<void> {
    return back();
  },
});
