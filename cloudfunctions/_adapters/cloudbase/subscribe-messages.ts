import type { ReminderKind } from '../../../protocol';
import type { Log } from '../../_core/ambient-ports';
import type { SendReminder } from '../../_core/reminders/reminder';
import { app } from './app';
import type { Reminders } from './reminders';

/** One of the mini-program's subscribe messages: its id, and the fields of its template that take a title and a note. */
export interface MessageTemplate {
  readonly id: string;
  readonly title: string;
  readonly note: string;
}

export type MessageTemplates = Readonly<Record<ReminderKind, MessageTemplate>>;

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;

const isId = (value: unknown): value is string => typeof value === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(value);

/** Of WeChat's types of fields a `thing` alone takes a sentence. */
const isThing = (value: unknown): value is string => typeof value === 'string' && /^thing\d{1,3}$/.test(value);

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('REMINDER_TEMPLATES: this is no JSON; see docs/configuration.md');
  }
};

/**
 * Reads the templates out of a configuration: for each kind of reminder an object with `id`, `title` and `note`.
 * @throws Error where one is missing or malformed; the message says which, and what it needs
 */
export const readMessageTemplates = (text: string): MessageTemplates => {
  const given = parse(text);
  const read = (kind: ReminderKind): MessageTemplate => {
    const entry = field(given, kind);
    const [id, title, note] = [field(entry, 'id'), field(entry, 'title'), field(entry, 'note')];
    if (!isId(id) || !isThing(title) || !isThing(note) || title === note) {
      throw new Error(
        `REMINDER_TEMPLATES: ${kind} needs the template's id, and title and note: two fields such as thing1 and thing2; see docs/configuration.md`,
      );
    }
    return { id, title, note };
  };
  return { card_ends: read('card_ends'), case_decided: read('case_decided') };
};

/** The ids alone. */
export const templateIds = (templates: MessageTemplates): Readonly<Record<ReminderKind, string>> => ({
  card_ends: templates.card_ends.id,
  case_decided: templates.case_decided.id,
});

/** What is said, in at most twenty characters each (WeChat's limit of a `thing`): nothing about the person, whoever sees the screen. */
const said: Readonly<Record<ReminderKind, { readonly title: string; readonly note: string; readonly page: string }>> = {
  card_ends: { title: '虚拟身份卡即将到期', note: '请打开小程序更新卡片', page: 'pages/home/home' },
  case_decided: { title: '您的申请已有结果', note: '请打开小程序查看并继续', page: 'pages/home/home' },
};

/** The user takes no such message: the one permission was used, or taken back. */
const DECLINED = 43101;
const TIMEOUT_MS = 8000;
const CGI_NAME = 'commrpcv2';

const wordOf = (code: unknown): string => {
  const word = typeof code === 'number' ? String(code) : code;
  return typeof word === 'string' && /^[\w-]{1,40}$/.test(word) ? word : 'malformed_answer';
};

/**
 * Sends reminders as WeChat's subscribe messages. The function must be permitted to ask (`openApis` in `resources.ts`).
 * https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-message-management/subscribe-message/sendMessage.html
 */
export const createSendReminder =
  ({ openRecipient }: Pick<Reminders, 'openRecipient'>, templates: MessageTemplates, log: Log): SendReminder =>
  async (reminder) => {
    const touser = await openRecipient(reminder);
    if (touser === null) return 'declined';
    const { id, title, note } = templates[reminder.kind];
    const { page, ...words } = said[reminder.kind];
    const data = { [title]: { value: words.title }, [note]: { value: words.note } };
    const unavailable = (code: string): 'unavailable' => {
      log({ event: 'MESSAGE_FAULT', code });
      return 'unavailable';
    };
    let reply: unknown;
    try {
      const requestData = { touser, template_id: id, page, data, lang: 'zh_CN' };
      reply = await app.callWxOpenApi(
        { apiName: 'subscribeMessage.send', cgiName: CGI_NAME, requestData },
        { timeout: TIMEOUT_MS },
      );
    } catch (error) {
      return unavailable(wordOf(field(error, 'code') ?? 'transport'));
    }
    const errcode = field(field(reply, 'result'), 'errcode') ?? field(reply, 'code');
    if (errcode === 0) return 'sent';
    return errcode === DECLINED ? 'declined' : unavailable(wordOf(errcode));
  };
