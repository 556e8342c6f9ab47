import { addresses } from '../../contract/addresses';
import type { Device } from '../device';
import { answer, WxFailure } from './convention';
import type { OptionOf, ResultOf } from './official';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** `wx.cloud`, through the local CloudBase's gateway. */
export const createCloudApi = ({ settings, files }: Device) => {
  let isInitialised = false;
  const post = async (path: string, body: Blob | string): Promise<Readonly<Record<string, unknown>>> => {
    if (!isInitialised)
      throw new WxFailure("-601034 Cloud API isn't enabled, please call wx.cloud.init first", { errCode: -601034 });
    if (settings.current.network === 'offline')
      throw new WxFailure('Error: errCode: -1 | errMsg: network is down', { errCode: -1 });
    let reply: unknown;
    try {
      const headers = { 'x-local-openid': settings.current.openId, 'content-type': 'application/octet-stream' };
      reply = await (await fetch(`${addresses.cloud}${path}`, { method: 'POST', headers, body })).json();
    } catch {
      throw new WxFailure('Error: errCode: -1 | errMsg: request failed', { errCode: -1 });
    }
    if (!isRecord(reply)) throw new WxFailure('Error: errCode: -1 | errMsg: bad answer', { errCode: -1 });
    const { errCode } = reply;
    if (errCode !== undefined) throw new WxFailure(`Error: errCode: ${JSON.stringify(errCode)}`, { errCode });
    return reply;
  };
  return {
    DYNAMIC_CURRENT_ENV: Symbol.for('DYNAMIC_CURRENT_ENV'),
    init: (): void => {
      isInitialised = true;
    },
    callFunction: (option: OptionOf<'cloud.callFunction'>) =>
      answer('cloud.callFunction', option, async () => {
        const reply = await post(`/wx/call/${encodeURIComponent(option.name)}`, JSON.stringify(option.data ?? {}));
        const result = reply['result'] as ResultOf<'cloud.callFunction'>['result'];
        return { result, requestID: crypto.randomUUID() };
      }),
    uploadFile: (option: OptionOf<'cloud.uploadFile'>) =>
      answer('cloud.uploadFile', option, async () => {
        let content: Blob;
        try {
          content = files.read(option.filePath);
        } catch {
          throw new WxFailure(`file doesn't exist: ${option.filePath}`, { errCode: -1 });
        }
        const reply = await post(`/wx/upload?cloudPath=${encodeURIComponent(option.cloudPath)}`, content);
        return { fileID: String(reply['fileID']), statusCode: 204 };
      }),
  };
};
