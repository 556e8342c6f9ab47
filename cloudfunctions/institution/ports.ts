import { createCounterSessions } from '../_adapters/cloudbase/counter-sessions';
import { createEvents } from '../_adapters/cloudbase/events';
import { createIdentities } from '../_adapters/cloudbase/identities';
import { createMembers } from '../_adapters/cloudbase/members';
import { createTakeTurn } from '../_adapters/cloudbase/rate-windows';
import { createUsedKeys } from '../_adapters/cloudbase/used-keys';
import { loadUsedQuotas } from '../_adapters/cloudbase/used-quotas';
import { createBlindIndex } from '../_adapters/crypto/blind-index';
import { createDecoyKey, sha256, verifySignature } from '../_adapters/crypto/es256';
import { readIssuerKeys } from '../_adapters/crypto/issuer-keys';
import { createReceiptSigner } from '../_adapters/crypto/receipt-signer';
import { createReferences } from '../_adapters/crypto/references';
import { createSealing } from '../_adapters/crypto/sealing';
import type { VerificationPorts } from '../_adapters/institutions/routes';
import { now, randomBytes, today } from '../_adapters/runtime/ambient';
import { log } from '../_adapters/runtime/log';
import { findKeptConsent } from '../_core/consents/consent';

/** What the function's environment holds for verifications. */
interface Secrets {
  readonly issuer: string;
  readonly dataKey: Uint8Array;
  readonly indexKey: Uint8Array;
  readonly referenceKey: Uint8Array;
  /** The key set that signs receipts. */
  readonly receiptKeys: string;
}

/** Documents, keys and clock, as the routes of verifications need them. */
export const createVerificationPorts = (secrets: Secrets): VerificationPorts => {
  const sealing = createSealing(secrets.dataKey);
  const index = createBlindIndex(secrets.indexKey);
  return {
    now,
    today,
    randomBytes,
    log,
    sha256,
    verifySignature,
    decoyKey: createDecoyKey(),
    counterKeyOf: index.ofCounter,
    takeTurn: createTakeTurn(index, now),
    loadUsedQuotas,
    findConsent: findKeptConsent,
    ...createMembers(),
    ...createUsedKeys(),
    ...createIdentities(sealing),
    ...createEvents(sealing),
    ...createCounterSessions(),
    ...createReferences(secrets.referenceKey, sealing),
    signReceipt: createReceiptSigner(secrets.issuer, readIssuerKeys(secrets.receiptKeys), now),
  };
};
