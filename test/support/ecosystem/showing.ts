import { randomBytes } from 'node:crypto';
import {
  createCode,
  createShowingStatement,
  showingHandle,
  validators,
  type ShowingHandle,
  type Sign,
} from '../../../protocol';
import { accepted, type Client } from './client';
import { createKeyPair, type KeyPair } from './keys';

export const PURPOSE = 'parcel-pickup';

/** A showing that was opened by a program of the test's own, which holds the key of its codes. */
export interface Showing {
  readonly handle: ShowingHandle;
  readonly key: KeyPair;
  /** The code of an instant: seconds from now, negative for the past. */
  readonly code: (ahead?: number, sign?: Sign) => string;
}

export const prepare = async (client: Client): Promise<ShowingHandle> => {
  const reply = await accepted(client.ask('holder', { action: 'prepareShowing' }), validators.PrepareShowingReply);
  return showingHandle(reply.handle);
};

/** Opens a showing. @param holderKey the key that the card is bound to */
export const openShowing = async (client: Client, holderKey: KeyPair): Promise<Showing> => {
  const handle = await prepare(client);
  const key = createKeyPair();
  const statement = createShowingStatement({
    handle,
    key: key.publicKey,
    purpose: PURPOSE,
    session: null,
    sign: holderKey.sign,
  });
  await accepted(client.ask('holder', { action: 'openShowing', statement }), validators.OpenShowingReply);
  return {
    handle,
    key,
    code: (ahead = 0, sign = key.sign) => createCode({ handle, issuedAt: Math.floor(Date.now() / 1000) + ahead, sign }),
  };
};

export const requestId = (): string => randomBytes(16).toString('hex');

/** Redeems a code as a merchant's phone would; the reply as it comes. */
export const redeem = (staff: Client, code: string, id = requestId()): Promise<unknown> =>
  staff.ask('verifier', { action: 'redeemCode', code, purpose: PURPOSE, requestId: id });
