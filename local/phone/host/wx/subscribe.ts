import { addresses } from '../../contract/addresses';
import type { Device } from '../device';
import { make, makeButton, openOverlay } from '../overlays/overlay';
import { phoneWords } from '../overlays/words';
import { answer, WxFailure } from './convention';
import type { OptionOf } from './official';

/** WeChat's limit of messages in one dialogue. */
const MOST = 3;

const ask = (device: Device): Promise<boolean> =>
  new Promise((resolve) => {
    const words = phoneWords(device);
    const end = (isAllowed: boolean): void => {
      overlay.close();
      resolve(isAllowed);
    };
    const overlay = openOverlay(device, {
      className: 'phone-sheet',
      role: 'dialog',
      label: words.askMessage,
      onCancel: () => end(false),
    });
    const sheet = make('div', 'phone-sheet-panel phone-ask');
    const buttons = make('div', 'phone-ask-buttons');
    buttons.append(
      makeButton('phone-ask-button', words.deny, () => end(false)),
      makeButton('phone-ask-button phone-ask-allow', words.allow, () => end(true)),
    );
    sheet.append(
      make('div', 'phone-ask-title', words.askTitle),
      make('div', 'phone-ask-wish', words.askMessage),
      buttons,
    );
    overlay.element.append(sheet);
  });

/** Tells whoever delivers messages that the user takes one. */
const allow = async ({ settings }: Device, template: string): Promise<void> => {
  const { openId, network } = settings.current;
  if (network === 'offline') throw new WxFailure('network error', { errCode: 10002 });
  let reply: unknown;
  try {
    const headers = { 'x-local-openid': openId, 'content-type': 'application/octet-stream' };
    const body = JSON.stringify({ template });
    reply = await (await fetch(`${addresses.cloud}/wx/subscribe`, { method: 'POST', headers, body })).json();
  } catch {
    throw new WxFailure('request fail', { errCode: 10001 });
  }
  if (typeof reply !== 'object' || reply === null || 'errCode' in reply)
    throw new WxFailure('No template data return, verify the template id exist', { errCode: 20001 });
};

/**
 * The dialogue of subscribe messages, with WeChat's results and codes. It has no "always keep this choice", no main switch, and asks
 * whether or not the user has just tapped.
 */
export const createSubscribeApi = (device: Device) => ({
  requestSubscribeMessage: (option: OptionOf<'requestSubscribeMessage'>) =>
    answer('requestSubscribeMessage', option, async () => {
      // The typings have a list of `any`; in it are the names of templates, if the caller gave some.
      const tmplIds = (option.tmplIds as readonly string[] | undefined) ?? [];
      if (tmplIds.length === 0) throw new WxFailure('TmplIds can not be empty', { errCode: 10003 });
      if (tmplIds.length > MOST) throw new WxFailure('Templates count out of max bounds', { errCode: 20003 });
      const isAllowed = await ask(device);
      if (isAllowed) for (const template of tmplIds) await allow(device, template);
      return Object.fromEntries(tmplIds.map((template) => [template, isAllowed ? 'accept' : 'reject']));
    }),
});
