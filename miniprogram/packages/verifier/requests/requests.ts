import { keepingGrounds, type DeletionAnswer, type ListDeletionRequestsReply } from '../../../protocol';
import { tellRefusal } from '../../../presenters/refusal';
import { tellRequest, type ToldRequest } from '../../../presenters/requests';
import { keepingGround } from '../../../presenters/rights';
import { copyText } from '../../../services/clipboard';
import { ask, choose, say } from '../../../services/dialogs';
import { back, title } from '../../../services/routes';
import { answerDeletionRequest, listDeletionRequests } from '../../../services/verifier';
import { requestsWords } from './words';

const { language } = getApp<PhoneApp>().globalData;
const words = requestsWords[language];

type State = 'open' | 'answered';
type Position = ListDeletionRequestsReply['next'];

const idOf = ({ currentTarget }: WechatMiniprogram.TouchEvent, name: 'request' | 'check'): string =>
  String(currentTarget.dataset[name]);

Page({
  data: {
    words,
    state: 'loading' as 'loading' | 'list' | 'failed',
    open: [] as ToldRequest[],
    answered: [] as ToldRequest[],
    hasMoreOpen: false,
    hasMoreAnswered: false,
    isBusy: false,
    failure: { title: '', text: '' },
  },

  next: { open: null, answered: null } as Record<State, Position>,

  async onLoad(): Promise<void> {
    title(words.barTitle);
    await this.begin();
  },

  onRetry(): Promise<void> {
    this.setData({ state: 'loading' });
    return this.begin();
  },

  onBack(): Promise<void> {
    return back();
  },

  /** Reads the first page of both lists. */
  async begin(): Promise<void> {
    const [open, answered] = await Promise.all([
      listDeletionRequests({ state: 'open' }),
      listDeletionRequests({ state: 'answered' }),
    ]);
    if (!open.ok) this.setData({ state: 'failed', failure: tellRefusal(open.error, language) });
    else if (!answered.ok) this.setData({ state: 'failed', failure: tellRefusal(answered.error, language) });
    else {
      this.setData({ open: [], answered: [], state: 'list' });
      this.add('open', open.reply);
      this.add('answered', answered.reply);
    }
  },

  /** Puts a page below what is there. */
  add(list: State, { requests, next }: ListDeletionRequestsReply) {
    this.next[list] = next;
    const told = [...this.data[list], ...requests.map((request) => tellRequest(request, language))];
    if (list === 'open') this.setData({ open: told, hasMoreOpen: next !== null });
    else this.setData({ answered: told, hasMoreAnswered: next !== null });
  },

  async more(list: State): Promise<void> {
    const after = this.next[list];
    if (!after || this.data.isBusy) return;
    this.setData({ isBusy: true });
    const called = await listDeletionRequests({ state: list, after });
    this.setData({ isBusy: false });
    if (called.ok) this.add(list, called.reply);
    else say(tellRefusal(called.error, language).text);
  },

  onMoreOpen(): Promise<void> {
    return this.more('open');
  },

  onMoreAnswered(): Promise<void> {
    return this.more('answered');
  },

  async answer(request: string, answer: DeletionAnswer): Promise<void> {
    if (this.data.isBusy) return;
    this.setData({ isBusy: true });
    const called = await answerDeletionRequest({ request, answer });
    this.setData({ isBusy: false });
    say(called.ok ? words.done : tellRefusal(called.error, language).text);
    if (called.ok || called.error.code === 'wrong_step' || called.error.code === 'not_found') await this.begin();
  },

  async onDeleted(event: WechatMiniprogram.TouchEvent): Promise<void> {
    const asked = words.question;
    if (await ask({ title: asked.title, text: asked.text, yes: asked.yes, no: asked.no }))
      await this.answer(idOf(event, 'request'), 'deleted');
  },

  async onKept(event: WechatMiniprogram.TouchEvent): Promise<void> {
    const chosen = await choose(keepingGrounds.map((ground) => keepingGround(ground, language)));
    const ground = chosen === null ? undefined : keepingGrounds[chosen];
    if (!ground) return;
    const asked = words.keepQuestion;
    const text = keepingGround(ground, language);
    const isSure = await ask({ title: asked.title, text, yes: asked.yes, no: asked.no });
    if (isSure) await this.answer(idOf(event, 'request'), ground);
  },

  async onCopy(event: WechatMiniprogram.TouchEvent): Promise<void> {
    if (!(await copyText(idOf(event, 'check')))) say(words.copyFailed);
  },
});
