import { createIdentities } from '../_adapters/cloudbase/identities';
import { createNoticeQueue } from '../_adapters/cloudbase/notice-queue';
import { createNotices } from '../_adapters/cloudbase/notices';
import { createUnannounced } from '../_adapters/cloudbase/unannounced';
import { createBlindIndex } from '../_adapters/crypto/blind-index';
import { sha256 } from '../_adapters/crypto/es256';
import { readIssuerKeys } from '../_adapters/crypto/issuer-keys';
import { createReferences } from '../_adapters/crypto/references';
import { createSealing } from '../_adapters/crypto/sealing';
import { createSignNotice } from '../_adapters/oauth/event-tokens';
import { createDeliverNotice } from '../_adapters/outside/deliver-notice';
import { resolveName } from '../_adapters/outside/resolve-name';
import { isPublicAddress } from '../_adapters/outside/special-addresses';
import { now, randomBytes, today } from '../_adapters/runtime/ambient';
import { required, requiredKey } from '../_adapters/runtime/environment';
import { log } from '../_adapters/runtime/log';
import { serveTimer } from '../_adapters/runtime/serve-timer';
import { tellInstitutions } from '../_core/notices/tell-institutions';

const sealing = createSealing(requiredKey('DATA_KEY'));
const issuer = required('ISSUER');
const { referenceOf } = createReferences(requiredKey('REFERENCE_KEY'), sealing);

const ports = {
  ...{ now, today, randomBytes, log, sha256 },
  ...createNotices(),
  ...createNoticeQueue(sealing, createBlindIndex(requiredKey('INDEX_KEY'))),
  ...createUnannounced(),
  loadIdentity: createIdentities(sealing).loadIdentity,
  signNotice: createSignNotice({
    ...{ issuer, now, referenceOf, pairwiseKey: requiredKey('PAIRWISE_KEY') },
    keys: readIssuerKeys(required('INSTITUTION_KEYS')),
  }),
  deliverNotice: createDeliverNotice({ issuer, resolveName, isPublic: isPublicAddress }),
};

/** Tells institutions' servers what became of consents, and of cards that they may ask after. */
export const main = serveTimer('notices', { tell: () => tellInstitutions(ports) });
