import type { ReadInvitationReply } from '../../../protocol';
import { staffRoleName, roleRights } from '../../../presenters/partner-names';
import { tellPartnerRefusal } from '../../../presenters/partner-refusal';
import { showMoment } from '../../../presenters/staff';
import { tokenIn } from '../../../services/invitation';
import { acceptInvitation, readInvitation } from '../../../services/partner';
import { back, restartAt, title, tokenOf } from '../../../services/routes';
import { scanCode } from '../../../services/scanner';
import { joinWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = joinWords[language];

interface ToldInvitation {
  readonly partner: string;
  readonly role: string;
  readonly rights: string;
  readonly place: string;
  readonly until: string;
}

const told = ({ partner, role, shop, terminal, expiresAt }: ReadInvitationReply): ToldInvitation => ({
  partner: partner[language],
  role: staffRoleName(role, language),
  rights: roleRights(role, language),
  place: `${shop[language]} · ${terminal}`,
  until: showMoment(expiresAt, language),
});

Page({
  data: {
    words,
    state: 'ask' as 'ask' | 'reading' | 'told' | 'joined',
    pasted: '',
    invitation: null as ToldInvitation | null,
    trouble: null as { title: string; text: string } | null,
    busy: false,
  },

  token: '',

  async onLoad(query): Promise<void> {
    title(words.barTitle);
    const token = tokenOf(query);
    if (token !== null) await this.read(token);
  },

  onUnload() {
    this.token = '';
  },

  onPaste({ detail }: WechatMiniprogram.CustomEvent<{ readonly value: string }>) {
    this.setData({ pasted: detail.value, trouble: null });
  },

  /** What was pasted, or else what is scanned. */
  async onOpen(): Promise<void> {
    if (this.data.pasted !== '') return this.readText(this.data.pasted);
    this.setData({ trouble: null });
    const scanned = await scanCode();
    if (scanned.ok) await this.readText(scanned.text);
    else if (scanned.because !== 'cancelled') this.setData({ trouble: words.troubles[scanned.because] });
  },

  async readText(text: string): Promise<void> {
    const token = tokenIn(text);
    if (token === null) this.setData({ trouble: words.troubles.noInvitation });
    else await this.read(token);
  },

  async read(token: string): Promise<void> {
    this.setData({ state: 'reading', trouble: null });
    const called = await readInvitation(token);
    if (called.ok) {
      this.token = token;
      this.setData({ state: 'told', invitation: told(called.reply) });
    } else this.setData({ state: 'ask', trouble: tellPartnerRefusal(called.error, language) });
  },

  async onAccept(): Promise<void> {
    this.setData({ busy: true, trouble: null });
    const called = await acceptInvitation(this.token);
    this.setData({ busy: false });
    if (called.ok) this.setData({ state: 'joined' });
    else this.setData({ trouble: tellPartnerRefusal(called.error, language) });
  },

  onStart(): Promise<void> {
    return restartAt({ page: 'scan' });
  },

  onLeave(): Promise<void> {
    return back();
  },
});
