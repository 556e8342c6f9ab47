import { validators } from '../../protocol/wire/validators';
import { openUserCall } from '../_adapters/cloudbase/caller';
import { createCounterSessions } from '../_adapters/cloudbase/counter-sessions';
import { createEvents } from '../_adapters/cloudbase/events';
import { createIdentities } from '../_adapters/cloudbase/identities';
import { loadPartners } from '../_adapters/cloudbase/partners';
import { countAliasMiss, loadStaff } from '../_adapters/cloudbase/staff';
import { createBlindIndex } from '../_adapters/crypto/blind-index';
import { createDecoyKey, sha256, verifySignature } from '../_adapters/crypto/es256';
import { createSealing } from '../_adapters/crypto/sealing';
import { now, randomBytes, today } from '../_adapters/runtime/ambient';
import { requiredKey } from '../_adapters/runtime/environment';
import { log } from '../_adapters/runtime/log';
import { action, serve } from '../_adapters/runtime/serve';
import { openCounter, readCounter } from '../_core/showing/counter';
import { describeTerminal } from '../_core/showing/describe-terminal';
import { redeemCode } from '../_core/showing/redeem-code';
import { reportLook } from '../_core/showing/report-look';

const sealing = createSealing(requiredKey('DATA_KEY'));
const index = createBlindIndex(requiredKey('INDEX_KEY'));

const ports = {
  now,
  today,
  randomBytes,
  log,
  verifySignature,
  sha256,
  decoyKey: createDecoyKey(),
  loadStaff,
  countAliasMiss,
  ...createIdentities(sealing),
  loadPartners,
  ...createEvents(sealing),
  ...createCounterSessions(),
};

/** What a merchant's staff may ask. */
export const main = serve('verifier', openUserCall(index), {
  openCounter: action(validators.OpenCounterRequest, (account, request) => openCounter(ports, account, request)),
  readCounter: action(validators.ReadCounterRequest, (account, request) => readCounter(ports, account, request)),
  redeemCode: action(validators.RedeemCodeRequest, (account, request) => redeemCode(ports, account, request)),
  describeTerminal: action(validators.DescribeTerminalRequest, (account) => describeTerminal(ports, account)),
  reportLook: action(validators.ReportLookRequest, (account, request) => reportLook(ports, account, request)),
});
