import { staffRoles, type PartnerReply, type StaffMember } from '../../../protocol';
import { tellPartnerRefusal } from '../../../presenters/partner-refusal';
import { listShopChoices, rolesFor, terminalsOf, type Choice } from '../../../presenters/staff';
import { ask, say } from '../../../services/dialogs';
import { invite } from '../../../services/invitation';
import { changeStaff, getPartner, listStaff, removeStaff } from '../../../services/partner';
import { back, memberOf, replace, title } from '../../../services/routes';
import { placeWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = placeWords[language];

type Chosen = WechatMiniprogram.CustomEvent<{ readonly id: string }>;

Page({
  data: {
    words,
    state: 'loading' as 'loading' | 'form' | 'failed',
    work: 'invite' as 'invite' | 'change',
    roles: [] as Choice[],
    shops: [] as Choice[],
    terminals: [] as Choice[],
    role: '',
    shop: '',
    terminal: '',
    isSelf: false,
    refusal: null as { title: string; text: string } | null,
    busy: false,
    failure: { title: '', text: '' },
  },

  member: null as string | null,
  partner: null as PartnerReply | null,

  async onLoad(query): Promise<void> {
    this.member = memberOf(query);
    const work = this.member === null ? 'invite' : 'change';
    title(words.barTitles[work]);
    this.setData({ work });
    await this.open();
  },

  async open(): Promise<void> {
    const [partner, staff] = await Promise.all([getPartner(), listStaff()]);
    if (!partner.ok) this.fail(tellPartnerRefusal(partner.error, language));
    else if (!staff.ok) this.fail(tellPartnerRefusal(staff.error, language));
    else {
      const found = staff.reply.staff.find(({ member }) => member === this.member);
      if (this.member !== null && !found) this.fail(words.gone);
      else this.draw(partner.reply, found ?? null);
    }
  },

  fail(failure: { title: string; text: string }) {
    this.setData({ state: 'failed', failure: { title: failure.title, text: failure.text } });
  },

  draw(partner: PartnerReply, member: StaffMember | null) {
    this.partner = partner;
    const isSelf = member?.isSelf ?? false;
    const roles = rolesFor(partner.role, isSelf, language);
    this.setData({
      state: 'form',
      roles,
      shops: listShopChoices(partner.shops, language),
      // A clerk is who is invited most.
      role: member?.role ?? 'clerk',
      isSelf,
    });
    this.choose(member?.shop ?? partner.shops[0]?.id ?? '', member?.terminal ?? '');
  },

  /** Chooses a shop, and a terminal of it. */
  choose(shop: string, terminal: string) {
    const terminals = terminalsOf(this.partner?.shops ?? [], shop);
    const chosen = terminals.find(({ id }) => id === terminal) ?? terminals[0];
    this.setData({ shop, terminals, terminal: chosen?.id ?? '' });
  },

  onRole({ detail }: Chosen) {
    this.setData({ role: detail.id });
  },

  onShop({ detail }: Chosen) {
    this.choose(detail.id, '');
  },

  onTerminal({ detail }: Chosen) {
    this.setData({ terminal: detail.id });
  },

  async onSave(): Promise<void> {
    const { shop, terminal } = this.data;
    const role = staffRoles.find((one) => one === this.data.role);
    if (!role || shop === '' || terminal === '') return;
    const { member } = this;
    this.setData({ busy: true, refusal: null });
    const place = { role, shop, terminal };
    const called = member === null ? await invite(place) : await changeStaff({ member, ...place });
    this.setData({ busy: false });
    if (!called.ok) this.setData({ refusal: tellPartnerRefusal(called.error, language) });
    else if (member === null) await replace({ page: 'invitation' });
    else {
      say(words.saved);
      await back();
    }
  },

  async onRemove(): Promise<void> {
    const { member } = this;
    const asked = words.question;
    if (member === null || !(await ask({ title: asked.title, text: asked.text, yes: asked.yes, no: asked.no }))) return;
    this.setData({ busy: true, refusal: null });
    const called = await removeStaff(member);
    this.setData({ busy: false });
    if (called.ok) {
      say(words.removed);
      await back();
    } else this.setData({ refusal: tellPartnerRefusal(called.error, language) });
  },

  onRetry(): Promise<void> {
    this.setData({ state: 'loading' });
    return this.open();
  },

  onLeave(): Promise<void> {
    return back();
  },
});
