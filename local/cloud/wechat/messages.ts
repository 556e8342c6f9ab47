import type { GroupCommit } from '../database/group-commit';
import { isJsonObject, type Json, type JsonObject } from '../database/ejson';
import { select, type Sqlite } from '../database/sqlite';

/** A message as its user reads it among WeChat's service notifications. */
export interface ReadMessage {
  /** Grows with every message, also from one data folder to the next: whoever has read up to one hears of all that are newer. */
  readonly id: number;
  readonly template: string;
  /** The template's. */
  readonly title: string;
  /** The template's fields in its order, each by the name that users read. */
  readonly lines: readonly { readonly label: string; readonly value: string }[];
  /** The page that it opens. */
  readonly page: string;
  readonly sentAt: number;
}

/** What came of sending: WeChat's code, 0 for sent. */
export interface Sending {
  readonly errcode: number;
  readonly errmsg: string;
}

/**
 * Subscribe messages: a stand-in for what WeChat keeps of them. In the cloud a mini-program has its templates approved, users allow each
 * message once in a dialogue of WeChat's app, and WeChat's servers deliver it. Here the templates are those that the server is started with, a
 * phone tells what its user allowed, and a message waits until that user's phone reads it.
 */
export interface Messages {
  /** Counts one more message that the user takes. @returns false where there is no such template */
  allow(openId: string, template: string): Promise<boolean>;
  /** Sends by WeChat's rules; one permission is used up by it. */
  send(openId: string, template: string, page: string, data: Json): Promise<Sending>;
  /** The user's messages after that one, in their order. */
  list(openId: string, after: number): Promise<readonly ReadMessage[]>;
  /** Forgets all messages and permissions. */
  clear(): Promise<void>;
}

/** A template of a mini-program: the title and the names that users read, by field; a field is called by its type and a number. */
export interface Template {
  readonly title: string;
  readonly fields: Readonly<Record<string, string>>;
}

export type Templates = Readonly<Record<string, Template>>;

const code = {
  openId: { errcode: 40003, errmsg: 'invalid openid' },
  template: { errcode: 40037, errmsg: 'invalid template_id' },
  refused: { errcode: 43101, errmsg: 'user refuse to accept the msg' },
  sent: { errcode: 0, errmsg: 'ok' },
} as const;
/** WeChat's limit of a `thing`, in characters. */
const THING_MAX = 20;
const LISTED_MAX = 20;

const badData = (what: string): Sending => ({ errcode: 47003, errmsg: `argument invalid! ${what}` });

/** @returns the words by field, or why WeChat does not take them */
const readData = (data: Json, fields: readonly string[]): Record<string, string> | Sending => {
  const given: JsonObject = isJsonObject(data) ? data : {};
  const read: Record<string, string> = {};
  for (const name of Object.keys(given)) if (!fields.includes(name)) return badData(`data.${name} is unknown`);
  for (const name of fields) {
    const field = given[name];
    const value = isJsonObject(field) ? field['value'] : undefined;
    if (typeof value !== 'string' || value === '') return badData(`data.${name}.value is empty`);
    if (name.startsWith('thing') && [...value].length > THING_MAX) return badData(`data.${name}.value is too long`);
    read[name] = value;
  }
  return read;
};

const isRefused = (read: Record<string, string> | Sending): read is Sending =>
  typeof read['errcode' as never] === 'number';

/** Opens the messages of this server's data folder. */
export function openMessages(sqlite: Sqlite, commits: GroupCommit, templates: Templates, now: () => number): Messages {
  const allow = sqlite.prepare(
    'INSERT INTO message_permission (open_id, template, remaining) VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET remaining = remaining + 1',
  );
  const use = sqlite.prepare(
    'UPDATE message_permission SET remaining = remaining - 1 WHERE open_id = ? AND template = ? AND remaining > 0',
  );
  const add = sqlite.prepare(
    'INSERT INTO message (id, open_id, template, page, data, sent_at) VALUES (max(?, (SELECT ifnull(max(id), 0) + 1 FROM message)), ?, ?, ?, ?, ?)',
  );
  const find = select<{ id: number; template: string; page: string; data: string; sent_at: number }>(
    sqlite,
    'SELECT id, template, page, data, sent_at FROM message WHERE open_id = ? AND id > ? ORDER BY id LIMIT ?',
  );
  const forget = ['message', 'message_permission'].map((table) => sqlite.prepare(`DELETE FROM ${table}`));
  const templateOf = (id: string) => (Object.hasOwn(templates, id) ? templates[id] : undefined);
  return {
    async allow(openId, template) {
      if (!templateOf(template)) return false;
      await commits.write(() => allow.run(openId, template));
      return true;
    },
    async send(openId, template, page, data) {
      if (!/^[\w-]{1,64}$/.test(openId)) return code.openId;
      const approved = templateOf(template);
      if (!approved) return code.template;
      const read = readData(data, Object.keys(approved.fields));
      if (isRefused(read)) return read;
      return commits.write(() => {
        if (use.run(openId, template).changes === 0) return code.refused;
        const at = now();
        add.run(at, openId, template, page, JSON.stringify(read), at);
        return code.sent;
      });
    },
    async list(openId, after) {
      const found = await commits.read(() => find.all(openId, after, LISTED_MAX));
      return found.map(({ id, template, page, data, sent_at: sentAt }) => {
        const { title, fields } = templateOf(template) ?? { title: template, fields: {} };
        const kept = JSON.parse(data) as Readonly<Record<string, string>>;
        const lines = Object.entries(fields).map(([name, label]) => ({ label, value: kept[name] ?? '' }));
        return { id, template, title, lines, page, sentAt };
      });
    },
    clear: () =>
      commits.write(() => {
        for (const statement of forget) statement.run();
      }),
  };
}
