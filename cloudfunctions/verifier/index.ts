import { validators } from '../../protocol/wire/validators';
import { openUserCall } from '../_adapters/cloudbase/caller';
import { createAppendEvent } from '../_adapters/cloudbase/events';
import { createIdentities } from '../_adapters/cloudbase/identities';
import { loadStaff } from '../_adapters/cloudbase/staff';
import { createBlindIndex } from '../_adapters/crypto/blind-index';
import { createDecoyKey, verifySignature } from '../_adapters/crypto/es256';
import { createSealing } from '../_adapters/crypto/sealing';
import { now, randomBytes, today } from '../_adapters/runtime/ambient';
import { requiredKey } from '../_adapters/runtime/environment';
import { log } from '../_adapters/runtime/log';
import { action, serve } from '../_adapters/runtime/serve';
import { redeemCode } from '../_core/showing/redeem-code';

const sealing = createSealing(requiredKey('DATA_KEY'));
const index = createBlindIndex(requiredKey('INDEX_KEY'));

const ports = {
  now,
  today,
  randomBytes,
  log,
  verifySignature,
  decoyKey: createDecoyKey(),
  loadStaff,
  ...createIdentities(sealing),
  appendEvent: createAppendEvent(sealing),
};

/** What a merchant's staff may ask. */
export const main = serve('verifier', openUserCall(index), {
  redeemCode: action(validators.RedeemCodeRequest, (account, request) => redeemCode(ports, account, request)),
});
