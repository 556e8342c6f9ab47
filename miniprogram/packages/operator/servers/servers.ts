import type { ListInstitutionsReply } from '../../../protocol';
import { institutionKinds } from '../../../presenters/institution-form';
import { tellOperator } from '../../../presenters/operator-refusal';
import { groupedReference, readPartnerReference } from '../../../presenters/reference';
import { tellServers, type ToldServer } from '../../../presenters/servers';
import { tell } from '../../../services/dialogs';
import { describeOperator, listInstitutions } from '../../../services/operator';
import { clientOf, go, referenceOf, title } from '../../../services/routes';
import { serversWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = serversWords[language];

Page({
  data: {
    words,
    typed: '',
    fault: '',
    outcome: '' as '' | 'list' | 'missing',
    name: '',
    isActive: false,
    servers: [] as ToldServer[],
    canPropose: false,
    canRegister: false,
    busy: false,
  },

  /** The partner whose servers are shown. */
  partner: '',

  onLoad(query: Readonly<Record<string, string | undefined>>) {
    title(words.barTitle);
    this.partner = referenceOf(query);
    this.setData({ typed: groupedReference(this.partner) });
  },

  /** Whatever was confirmed meanwhile stands here. */
  async onShow(): Promise<void> {
    if (this.partner !== '') await this.open(this.partner);
  },

  onType({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ typed: detail.value, fault: '' });
  },

  async onSearch(): Promise<void> {
    const partner = readPartnerReference(this.data.typed);
    if (partner === null) this.setData({ fault: words.malformed });
    else await this.open(partner);
  },

  async open(partner: string): Promise<void> {
    if (this.data.busy) return;
    this.setData({ busy: true });
    const [who, listed] = await Promise.all([describeOperator(), listInstitutions(partner)]);
    this.setData({ busy: false });
    const mine = who.ok ? institutionKinds(who.reply.acts) : [];
    this.partner = listed.ok ? partner : '';
    this.setData({ canPropose: mine.length > 0, canRegister: false, outcome: '', servers: [] });
    if (listed.ok) this.show(listed.reply, mine.includes('register_institution'));
    else if (listed.error.code === 'not_found') this.setData({ outcome: 'missing' });
    else await tell({ ...tellOperator(listed.error, language), ok: words.understood });
  },

  show({ names, isActive, institutions }: ListInstitutionsReply, mayRegister: boolean) {
    this.setData({
      outcome: 'list',
      name: names[language],
      isActive,
      canRegister: isActive && mayRegister,
      servers: tellServers(institutions, language),
    });
  },

  async onChange({ currentTarget }: WechatMiniprogram.TouchEvent): Promise<void> {
    const client = clientOf({ client: String(currentTarget.dataset['client']) });
    if (client !== '') await go({ page: 'server-act', reference: this.partner, client });
  },

  onRegister(): Promise<void> {
    return go({ page: 'server-act', reference: this.partner });
  },
});
