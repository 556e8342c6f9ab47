import type { Authority } from '../../authority';
import { enterIntoRegister } from '../../ecosystem/register-entry';
import type { Passed } from './cloud-proxy';

/** Who is logged in when somebody at this computer tries it with a card of their own. */
export const YOURSELF = 'oYourself';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const parse = (text: string): Readonly<Record<string, unknown>> => {
  const value: unknown = JSON.parse(text);
  return isRecord(value) ? value : {};
};

const textOf = (field: unknown): string =>
  isRecord(field) && typeof field['value'] === 'string' ? field['value'] : '';

/**
 * The local authority knows the sample people. Whoever comes with a card of their own is entered into its register once the card
 * was read, so that the face can be compared; the sample people never are, nor anybody while `isStrict` says so.
 */
export const createOwnCardEntry = (authority: Authority, isStrict: () => boolean) => {
  const uploads = new Map<string, Uint8Array>();
  return async ({ openId, path, sent, answer }: Passed): Promise<void> => {
    if (openId !== YOURSELF || isStrict()) return;
    const reply = parse(answer);
    if (path.startsWith('/wx/upload') && typeof reply['fileID'] === 'string') uploads.set(reply['fileID'], sent);
    if (path !== '/wx/call/holder') return;
    const request = parse(Buffer.from(sent).toString('utf8'));
    const { result } = reply;
    if (request['action'] !== 'readDocument' || !isRecord(result)) return;
    const front = typeof request['front'] === 'string' ? uploads.get(request['front']) : undefined;
    uploads.clear();
    if (result['ok'] !== true || !isRecord(result['fields']) || !front) return;
    const { name, number } = result['fields'];
    await enterIntoRegister(authority, { name: textOf(name), number: textOf(number) }, front);
  };
};
