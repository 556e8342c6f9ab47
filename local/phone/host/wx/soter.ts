import { addresses } from '../../contract/addresses';
import type { Device } from '../device';
import { make, makeButton, openOverlay } from '../overlays/overlay';
import { phoneWords } from '../overlays/words';
import { answer, WxFailure } from './convention';
import type { OptionOf } from './official';

/**
 * A stand-in for SOTER, Tencent's attested biometrics: a key of this phone, made at first use and kept in this browser, signs what a
 * sensor would release. Field names, signature scheme and error codes are SOTER's; the chain to a device maker's root is not there:
 * the local cloud believes the first key that it hears of.
 */
interface SoterKey {
  readonly pair: CryptoKeyPair;
  readonly counter: number;
}

const SIGNATURE = { name: 'RSA-PSS', saltLength: 20 } as const;
const GENERATION = {
  name: 'RSA-PSS',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: 'SHA-256',
} as const;

/** WeChat's limits, in letters. */
const MOST_CHALLENGE = 512;
const MOST_CONTENT = 42;

const loadKey = async (id: string): Promise<SoterKey> => {
  const name = `phone:${id}:soter`;
  const kept = localStorage.getItem(name);
  const jwks =
    kept === null ? null : (JSON.parse(kept) as { publicKey: JsonWebKey; privateKey: JsonWebKey; counter: number });
  const algorithm = { name: 'RSA-PSS', hash: 'SHA-256' };
  const pair = jwks
    ? {
        publicKey: await crypto.subtle.importKey('jwk', jwks.publicKey, algorithm, true, ['verify']),
        privateKey: await crypto.subtle.importKey('jwk', jwks.privateKey, algorithm, true, ['sign']),
      }
    : await crypto.subtle.generateKey(GENERATION, true, ['sign', 'verify']);
  const counter = (jwks?.counter ?? 0) + 1;
  const exported = {
    publicKey: await crypto.subtle.exportKey('jwk', pair.publicKey),
    privateKey: await crypto.subtle.exportKey('jwk', pair.privateKey),
    counter,
  };
  localStorage.setItem(name, JSON.stringify(exported));
  return { pair, counter };
};

const touchSensor = (device: Device, prompt: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const words = phoneWords(device);
    const leave = (): void => {
      overlay.close();
      reject(new WxFailure('cancel', { errCode: 90008 }));
    };
    const overlay = openOverlay(device, {
      className: 'phone-sheet',
      role: 'dialog',
      label: words.fingerTitle,
      onCancel: leave,
    });
    const panel = make('div', 'phone-sheet-panel');
    const note = make('div', 'phone-sheet-title', prompt || words.fingerTitle);
    note.setAttribute('role', 'status');
    const touch = (): void => {
      overlay.close();
      resolve();
    };
    const wrong = (): void => {
      note.textContent = words.fingerAgain;
    };
    panel.append(
      note,
      makeButton('phone-sheet-item', words.fingerRight, touch),
      makeButton('phone-sheet-item', words.fingerWrong, wrong),
      makeButton('phone-sheet-item phone-sheet-cancel', words.cancel, leave),
    );
    overlay.element.append(panel);
  });

const digits = (id: string, open: string): string =>
  [...`${id}/${open}`]
    .reduce((sum, letter) => (sum * 31n + BigInt(letter.codePointAt(0) ?? 0)) % 10n ** 18n, 7n)
    .toString();

const deviceOf = (id: string) => ({ cpu_id: digits(id, 'cpu'), uid: '10101' });

/** Makes the key known to whoever verifies signatures, for the user who is logged in: a phone does that by WeChat's own servers. */
const register = async ({ id, settings }: Device, key: CryptoKey): Promise<void> => {
  const bytes = new Uint8Array(await crypto.subtle.exportKey('spki', key));
  const pem = `-----BEGIN PUBLIC KEY-----\n${btoa(String.fromCharCode(...bytes))}\n-----END PUBLIC KEY-----\n`;
  const { openId, network } = settings.current;
  if (network === 'offline') throw new WxFailure('auth key update error', { errCode: 90007 });
  const headers = { 'x-local-openid': openId, 'content-type': 'application/octet-stream' };
  const body = JSON.stringify({ ...deviceOf(id), pub_key: pem });
  try {
    const reply = (await (
      await fetch(`${addresses.cloud}/wx/soter/register`, { method: 'POST', headers, body })
    ).json()) as object;
    if (!('errCode' in reply)) return;
  } catch {
    // Told as the same.
  }
  throw new WxFailure('auth key update error', { errCode: 90007 });
};

/** The fingerprint sensor of this phone. */
export const createSoterApi = (device: Device) => ({
  checkIsSupportSoterAuthentication: (option?: OptionOf<'checkIsSupportSoterAuthentication'>) =>
    answer('checkIsSupportSoterAuthentication', option, () => ({ supportMode: ['fingerPrint' as const] })),
  checkIsSoterEnrolledInDevice: (option: OptionOf<'checkIsSoterEnrolledInDevice'>) =>
    answer('checkIsSoterEnrolledInDevice', option, () => ({ isEnrolled: option.checkAuthMode === 'fingerPrint' })),
  startSoterAuthentication: (option: OptionOf<'startSoterAuthentication'>) =>
    answer('startSoterAuthentication', option, async () => {
      if (typeof option.challenge !== 'string' || option.challenge === '' || option.challenge.length > MOST_CHALLENGE)
        throw new WxFailure('challenge is missing or too long', { errCode: 90004 });
      if ((option.authContent ?? '').length > MOST_CONTENT)
        throw new WxFailure('auth content is too long', { errCode: 90005 });
      if (!option.requestAuthModes.includes('fingerPrint'))
        throw new WxFailure('auth mode not supported', { errCode: 90003 });
      await touchSensor(device, option.authContent ?? '');
      const { pair, counter } = await loadKey(device.id);
      await register(device, pair.publicKey);
      const resultJSON = JSON.stringify({
        raw: option.challenge,
        fid: digits(device.id, 'finger'),
        counter,
        tee_n: 'local phone',
        tee_v: '1',
        fp_n: 'local sensor',
        fp_v: '1',
        ...deviceOf(device.id),
      });
      const signature = await crypto.subtle.sign(SIGNATURE, pair.privateKey, new TextEncoder().encode(resultJSON));
      return {
        authMode: 'fingerPrint',
        errCode: 0,
        resultJSON,
        resultJSONSignature: btoa(String.fromCharCode(...new Uint8Array(signature))),
      };
    }),
});
