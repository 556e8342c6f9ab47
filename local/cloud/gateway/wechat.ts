import type { IncomingMessage, ServerResponse } from 'node:http';
import { CloudError } from '../cloud-error';
import { text } from '../admin/parameters';
import type { Functions } from '../functions/invoker';
import type { StorageOptions } from '../storage/actions';
import { checkCloudPath, folderOf } from '../storage/cloud-path';
import type { Messages } from '../wechat/messages';
import type { SoterKeys } from '../wechat/soter-keys';
import { answerClient, eventOf } from './client-answer';

/** The mini-program's app id on this machine. */
export const LOCAL_APP_ID = 'wx0000000000local0';

const FUNCTION_FAILED = -504002;
const UPLOAD_FAILED = -503001;
/** Of this machine alone. */
const SOTER_KEY_FAILED = -1;
const SUBSCRIPTION_FAILED = 20001;

/** Answers `POST /wx/call/<name>`: what `wx.cloud.callFunction` does in the cloud. */
export async function handleCall(
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
  functions: Functions,
): Promise<void> {
  await answerClient(request, response, { api: 'cloud.callFunction', otherwise: FUNCTION_FAILED }, async (openId) => {
    const event = {
      ...(await eventOf(request)),
      // Last, so that no caller can say who he is.
      userInfo: { openId, appId: LOCAL_APP_ID },
    };
    const environment = callerEnvironment(openId, request);
    const { requestId, result } = await functions.invoke({ name, source: 'wechat', event, environment });
    return { result, requestID: requestId };
  });
}

/** Answers `POST /wx/upload?cloudPath=…`: what `wx.cloud.uploadFile` does, within the folders where clients may. */
export async function handleUpload(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  { files, ids, resources }: StorageOptions,
): Promise<void> {
  await answerClient(request, response, { api: 'cloud.uploadFile', otherwise: UPLOAD_FAILED }, async () => {
    const path = checkCloudPath(url.searchParams.get('cloudPath') ?? '');
    const folder = folderOf(path, resources);
    if (folder.clientAccess !== 'upload') {
      throw new CloudError('STORAGE_EXCEED_AUTHORITY', 'clients may not upload to this folder');
    }
    const contentType = request.headers['content-type'] ?? 'application/octet-stream';
    await files.put(path, request, { contentType, maxBytes: folder.maxBytes });
    return { fileID: ids.of(path), statusCode: 200 };
  });
}

/**
 * Answers `POST /wx/soter/register`: a phone's sensor makes its public key known, for the user who is logged in. In the cloud no such
 * request is seen: WeChat's app has the key attested by the device maker. Here the first key of a phone is believed, and no other.
 */
export async function handleSoterKey(
  request: IncomingMessage,
  response: ServerResponse,
  keys: SoterKeys,
): Promise<void> {
  await answerClient(request, response, { api: 'soter.register', otherwise: SOTER_KEY_FAILED }, async (openId) => {
    const said = await eventOf(request);
    const device = { cpuId: text(said, 'cpu_id'), uid: text(said, 'uid') };
    const isKnown = await keys.register(openId, device, text(said, 'pub_key'));
    if (!isKnown) throw new CloudError('PERMISSION_DENIED', 'another key is known for this phone');
    return {};
  });
}

/**
 * Answers `POST /wx/subscribe`: the user who is logged in has allowed one message of a template. In the cloud no such
 * request is seen: WeChat's app tells WeChat's servers, in `wx.requestSubscribeMessage`.
 */
export async function handleSubscription(
  request: IncomingMessage,
  response: ServerResponse,
  messages: Messages,
): Promise<void> {
  await answerClient(
    request,
    response,
    { api: 'requestSubscribeMessage', otherwise: SUBSCRIPTION_FAILED },
    async (openId) => {
      const template = text(await eventOf(request), 'template');
      if (!(await messages.allow(openId, template))) throw new CloudError('INVALID_PARAM', 'no template has this id');
      return {};
    },
  );
}

/** Answers `GET /wx/messages?after=…`: what WeChat's app shows its user among the service notifications, and nobody else. */
export async function handleMessages(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  messages: Messages,
): Promise<void> {
  const of = { api: 'messages', otherwise: SUBSCRIPTION_FAILED, method: 'GET' };
  await answerClient(request, response, of, async (openId) => {
    const after = Number(url.searchParams.get('after') ?? 0);
    if (!Number.isSafeInteger(after) || after < 0)
      throw new CloudError('INVALID_PARAM', 'after must be a whole number');
    const found = await messages.list(openId, after);
    return { messages: found.map(({ lines, ...rest }) => ({ ...rest, lines: lines.map((line) => ({ ...line })) })) };
  });
}

function callerEnvironment(openId: string, request: IncomingMessage): Record<string, string> {
  const caller = { WX_OPENID: openId, WX_APPID: LOCAL_APP_ID, WX_CLIENTIP: request.socket.remoteAddress ?? '' };
  return { ...caller, WX_CONTEXT_KEYS: Object.keys(caller).join(','), TCB_SOURCE: 'wx_client' };
}
