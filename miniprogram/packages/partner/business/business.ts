import type { PartnerReply } from '../../../protocol';
import {
  entriesFor,
  listGrants,
  listWanted,
  tellRole,
  tellStanding,
  type ListedGrant,
  type PartnerEntry,
  type ToldStanding,
} from '../../../presenters/partner';
import { tellPartnerRefusal } from '../../../presenters/partner-refusal';
import { ask, say } from '../../../services/dialogs';
import { getPartner, removeStaff } from '../../../services/partner';
import { go, restartAt, title } from '../../../services/routes';
import { businessWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = businessWords[language];

interface Entry {
  readonly id: PartnerEntry;
  readonly icon: string;
  readonly title: string;
  readonly text: string;
}

const routes = {
  amend: { page: 'apply', part: 'whole' },
  checks: { page: 'checks' },
  staff: { page: 'staff' },
  shops: { page: 'shops' },
  purposes: { page: 'apply', part: 'purposes' },
} as const;

Page({
  data: {
    words,
    state: 'loading' as 'loading' | 'ready' | 'stranger' | 'failed',
    name: '',
    role: '',
    standing: null as ToldStanding | null,
    grants: [] as ListedGrant[],
    wanted: [] as ListedGrant[],
    wantedTitle: '',
    entries: [] as Entry[],
    canLeave: false,
    failure: { title: '', text: '' },
  },

  member: '',

  onLoad() {
    title(words.barTitle);
  },

  /** What was changed on another page is seen on the way back. */
  onShow(): Promise<void> {
    return this.read();
  },

  async read(): Promise<void> {
    const called = await getPartner();
    if (called.ok) this.tell(called.reply);
    else if (called.error.code === 'not_permitted') this.setData({ state: 'stranger' });
    else this.setData({ state: 'failed', failure: tellPartnerRefusal(called.error, language) });
  },

  tell(partner: PartnerReply) {
    this.member = partner.member;
    this.setData({
      state: 'ready',
      name: partner.names[language],
      role: tellRole(partner, language),
      standing: tellStanding(partner, language),
      grants: listGrants(partner, language),
      wanted: listWanted(partner, language),
      wantedTitle: partner.state === 'refused' ? words.refusedWanted : words.wanted,
      entries: entriesFor(partner).map((id) => ({ id, ...words.entries[id] })),
      canLeave: partner.state === 'active' || partner.state === 'suspended',
    });
  },

  onOpen({ currentTarget }: WechatMiniprogram.CustomEvent): Promise<void> {
    const entry = this.data.entries.find(({ id }) => id === currentTarget.dataset['id']);
    return entry ? go(routes[entry.id]) : Promise.resolve();
  },

  async onLeaveStaff(): Promise<void> {
    const asked = words.question;
    if (!(await ask({ title: asked.title, text: asked.text, yes: asked.yes, no: asked.no }))) return;
    const called = await removeStaff(this.member);
    say(called.ok ? words.left : tellPartnerRefusal(called.error, language).text);
    if (called.ok) await restartAt({ page: 'home' });
  },

  onInvited(): Promise<void> {
    return go({ page: 'join' });
  },

  onApply(): Promise<void> {
    return go({ page: 'apply', part: 'whole' });
  },

  onRetry(): Promise<void> {
    this.setData({ state: 'loading' });
    return this.read();
  },
});
