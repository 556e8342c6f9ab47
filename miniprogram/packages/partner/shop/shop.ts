import { lengths, type Faults } from '../../../presenters/application-form';
import { tellPartnerRefusal } from '../../../presenters/partner-refusal';
import {
  faultsOfShop,
  newShop,
  shopDraftOf,
  shopOf as sentShop,
  TERMINALS_MAX,
  withoutTerminal,
  withTerminal,
  withTerminalName,
  type ShopDraft,
} from '../../../presenters/shop-form';
import type { Called } from '../../../services/call';
import { ask, say } from '../../../services/dialogs';
import { closeShop, getPartner, saveShop } from '../../../services/partner';
import { back, shopOf, title, toTop } from '../../../services/routes';
import { shopWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = shopWords[language];

type Typed = WechatMiniprogram.CustomEvent<{ readonly value: string }>;

Page({
  data: {
    words,
    state: 'loading' as 'loading' | 'form' | 'failed',
    isNew: true,
    lengths,
    draft: newShop,
    faults: {} as Faults,
    canAdd: true,
    refusal: null as { title: string; text: string } | null,
    busy: false,
    failure: { title: '', text: '' },
  },

  shop: null as string | null,
  isMarked: false,

  async onLoad(query): Promise<void> {
    this.shop = shopOf(query);
    const isNew = this.shop === null;
    title(words.barTitles[isNew ? 'fresh' : 'old']);
    this.setData({ isNew });
    await this.open();
  },

  async open(): Promise<void> {
    if (this.shop === null) {
      this.draw(newShop);
      this.setData({ state: 'form' });
      return;
    }
    const called = await getPartner();
    const found = called.ok ? called.reply.shops.find(({ id }) => id === this.shop) : undefined;
    if (found) {
      this.draw(shopDraftOf(found));
      this.setData({ state: 'form' });
    } else {
      this.setData({ state: 'failed', failure: called.ok ? words.gone : tellPartnerRefusal(called.error, language) });
    }
  },

  draw(draft: ShopDraft) {
    this.setData({
      draft,
      faults: this.isMarked ? faultsOfShop(draft, language) : {},
      canAdd: draft.terminals.length < TERMINALS_MAX,
    });
  },

  onType({ currentTarget, detail }: Typed) {
    const field = (['zh', 'en', 'address'] as const).find((one) => one === currentTarget.dataset['field']);
    if (field) this.draw({ ...this.data.draft, [field]: detail.value });
  },

  onTerminal({ currentTarget, detail }: Typed) {
    this.draw(withTerminalName(this.data.draft, Number(currentTarget.dataset['terminal']), detail.value));
  },

  onAdd() {
    this.draw(withTerminal(this.data.draft));
  },

  onRemove({ currentTarget }: WechatMiniprogram.TouchEvent) {
    this.draw(withoutTerminal(this.data.draft, Number(currentTarget.dataset['terminal'])));
  },

  async onSave(): Promise<void> {
    const { draft } = this.data;
    this.isMarked = true;
    this.draw(draft);
    if (Object.keys(this.data.faults).length > 0) return;
    await this.send(() => saveShop(sentShop(draft, this.shop)), words.saved);
  },

  async onClose(): Promise<void> {
    const { shop } = this;
    const asked = words.question;
    if (shop === null || !(await ask({ title: asked.title, text: asked.text, yes: asked.yes, no: asked.no }))) return;
    await this.send(() => closeShop(shop), words.closed);
  },

  async send(work: () => Promise<Called<unknown>>, done: string): Promise<void> {
    this.setData({ busy: true, refusal: null });
    const called = await work();
    this.setData({ busy: false });
    if (called.ok) {
      say(done);
      await back();
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
