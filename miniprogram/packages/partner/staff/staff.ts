import { tellPartnerRefusal } from '../../../presenters/partner-refusal';
import { listInvitationLines, listStaffLines, type ListedPlace } from '../../../presenters/staff';
import { ask, say } from '../../../services/dialogs';
import { getPartner, listStaff, withdrawInvitation } from '../../../services/partner';
import { go, title } from '../../../services/routes';
import { staffWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = staffWords[language];

Page({
  data: {
    words,
    state: 'loading' as 'loading' | 'list' | 'failed',
    staff: [] as ListedPlace[],
    invitations: [] as ListedPlace[],
    failure: { title: '', text: '' },
  },

  hasShop: false,

  onLoad() {
    title(words.barTitle);
  },

  /** What was changed on another page is seen on the way back. */
  onShow(): Promise<void> {
    return this.read();
  },

  async read(): Promise<void> {
    const [partner, staff] = await Promise.all([getPartner(), listStaff()]);
    if (!partner.ok) this.fail(partner.error);
    else if (!staff.ok) this.fail(staff.error);
    else {
      const { shops, role } = partner.reply;
      this.hasShop = shops.length > 0;
      this.setData({
        state: 'list',
        staff: listStaffLines(staff.reply, shops, role, language),
        invitations: listInvitationLines(staff.reply, shops, role, language),
      });
    }
  },

  fail(error: Parameters<typeof tellPartnerRefusal>[0]) {
    this.setData({ state: 'failed', failure: tellPartnerRefusal(error, language) });
  },

  onOpen({ currentTarget }: WechatMiniprogram.CustomEvent): Promise<void> {
    return this.to(String(currentTarget.dataset['member']));
  },

  onInvite(): Promise<void> {
    return this.to();
  },

  /** To a place in the staff, which is in a shop. */
  async to(member?: string): Promise<void> {
    if (this.hasShop) return go(member === undefined ? { page: 'place' } : { page: 'place', member });
    const asked = words.noShop;
    if (await ask({ title: asked.title, text: asked.text, yes: asked.open, no: asked.leave }))
      await go({ page: 'shop' });
  },

  async onWithdraw({ currentTarget }: WechatMiniprogram.TouchEvent): Promise<void> {
    const asked = words.question;
    if (!(await ask({ title: asked.title, text: asked.text, yes: asked.yes, no: asked.no }))) return;
    const called = await withdrawInvitation(String(currentTarget.dataset['invitation']));
    say(called.ok ? words.withdrawn : tellPartnerRefusal(called.error, language).text);
    await this.read();
  },

  onRetry(): Promise<void> {
    this.setData({ state: 'loading' });
    return this.read();
  },
});
