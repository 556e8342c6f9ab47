import { loadSandboxInstitution } from '../_adapters/cloudbase/institutions';
import { createOauthRecords } from '../_adapters/cloudbase/oauth-records';
import { createTakeTurn } from '../_adapters/cloudbase/rate-windows';
import { createRegisteredPartners } from '../_adapters/cloudbase/registered-partners';
import { createSandboxStore } from '../_adapters/cloudbase/sandbox-store';
import { createBlindIndex } from '../_adapters/crypto/blind-index';
import { sha256 } from '../_adapters/crypto/es256';
import { createHolderNames } from '../_adapters/crypto/holder-names';
import { readIssuerKeys } from '../_adapters/crypto/issuer-keys';
import { createReceiptSigner } from '../_adapters/crypto/receipt-signer';
import { createReferences } from '../_adapters/crypto/references';
import { deriveSandboxKeys } from '../_adapters/crypto/sandbox-keys';
import { createSealing } from '../_adapters/crypto/sealing';
import { now, randomBytes, today } from '../_adapters/runtime/ambient';
import { log } from '../_adapters/runtime/log';
import { POLLS_OF_ASK } from '../_adapters/oauth/ciba';
import { createSandbox, type Sandbox } from '../_core/sandbox/sandbox';
import type { InstitutionPorts } from '../_core/institutions/institution';
import type { OauthRecords } from '../_adapters/cloudbase/oauth-records';

/** What the function's environment holds. */
interface Secrets {
  readonly issuer: string;
  readonly secret: Uint8Array;
  /** The key set that signs its receipts. */
  readonly receiptKeys: string;
}

/** What the sandbox's API is made of. */
interface SandboxParts {
  readonly pairwiseKey: Uint8Array;
  readonly records: OauthRecords;
  readonly institutions: InstitutionPorts;
  readonly sandbox: Sandbox;
}

/** Its own collection, its own keys and the clock. */
export const createSandboxParts = ({ issuer, secret, receiptKeys }: Secrets): SandboxParts => {
  const { recordKey, pairwiseKey, referenceKey, indexKey, draw } = deriveSandboxKeys(secret);
  const records = createOauthRecords(createSealing(recordKey), 'sandbox_records');
  const index = createBlindIndex(indexKey);
  const sandbox = createSandbox({
    ...{ now, today, randomBytes, log, sha256, store: createSandboxStore(records, now) },
    ...createReferences(referenceKey, { draw }),
    holderNameOf: createHolderNames({ draw }),
    counterKeyOf: index.ofCounter,
    askKeyOf: index.ofAsk,
    takeTurn: createTakeTurn(index, now, { name: 'sandbox_records', end: 'expiresAt' }),
    pollLimit: POLLS_OF_ASK.name,
    signReceipt: createReceiptSigner(issuer, readIssuerKeys(receiptKeys), now),
  });
  const institutions = { loadInstitution: loadSandboxInstitution, loadPartner: createRegisteredPartners().loadPartner };
  return { pairwiseKey, records, institutions, sandbox };
};
