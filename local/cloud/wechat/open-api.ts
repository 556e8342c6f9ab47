import type { CloudFunction, Resources } from '../../../cloudfunctions/resources';
import { text } from '../admin/parameters';
import { unsupported } from '../cloud-error';
import type { Action } from '../database/actions';
import { isJsonObject, parseJson, type Json, type JsonObject } from '../database/ejson';
import type { Messages } from './messages';
import type { SoterKeys } from './soter-keys';

/** WeChat's codes (its global return codes, and that of a call from a function that declares no permission for it). */
const NOT_PERMITTED = -604101;
const INVALID_OPENID = 40003;
const DATA_FORMAT = 47001;

const failed = (errcode: number, errmsg: string): JsonObject => ({ errcode, errmsg });

type OpenApi = (data: JsonObject) => Promise<JsonObject>;

const verifySoter =
  (keys: SoterKeys): OpenApi =>
  async ({ openid, json_string: json, json_signature: signature }) => {
    if (typeof openid !== 'string' || !/^[\w-]{1,64}$/.test(openid)) return failed(INVALID_OPENID, 'invalid openid');
    if (typeof json !== 'string' || typeof signature !== 'string') return failed(DATA_FORMAT, 'data format error');
    return { errcode: 0, errmsg: 'ok', is_ok: await keys.isSigned(openid, json, signature) };
  };

const sendMessage =
  (messages: Messages): OpenApi =>
  async ({ touser, template_id: template, page, data }) => {
    if (typeof touser !== 'string') return failed(INVALID_OPENID, 'invalid openid');
    const sent = await messages.send(
      touser,
      typeof template === 'string' ? template : '',
      typeof page === 'string' ? page : '',
      data ?? null,
    );
    return { ...sent };
  };

/**
 * The SDK's `callWxOpenApi`: stand-ins for the few of WeChat's server interfaces that this machine has, with WeChat's own names, replies
 * and codes. One that no function of the manifest declares in `openApis` is refused as WeChat refuses it.
 */
export function openApiActions(resources: Resources, soterKeys: SoterKeys, messages: Messages): Record<string, Action> {
  const offered = new Map<string, OpenApi>([
    ['soter.verifySignature', verifySoter(soterKeys)],
    ['subscribeMessage.send', sendMessage(messages)],
  ]);
  const functions: readonly CloudFunction[] = resources.functions;
  const permitted = new Set(functions.flatMap(({ openApis }) => openApis ?? []));
  return {
    'wx.api': async (body) => {
      const name = text(body, 'apiName');
      const api = offered.get(name);
      if (!api) throw unsupported(`WeChat's interface ${name}`);
      const data: Json = parseJson(text(body, 'requestData'), 'requestData');
      const answer = !permitted.has(name)
        ? failed(NOT_PERMITTED, 'has no permission to call this API')
        : isJsonObject(data)
          ? await api(data)
          : failed(DATA_FORMAT, 'data format error');
      return { data: { responseData: JSON.stringify(answer) } };
    },
  };
}
