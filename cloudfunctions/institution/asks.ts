import { createAskNumbers } from '../_adapters/cloudbase/ask-numbers';
import { createAsks } from '../_adapters/cloudbase/asks';
import { createCounterSessions } from '../_adapters/cloudbase/counter-sessions';
import { createIdentities } from '../_adapters/cloudbase/identities';
import { createTakeTurn } from '../_adapters/cloudbase/rate-windows';
import { loadUsedQuotas } from '../_adapters/cloudbase/used-quotas';
import { createBlindIndex } from '../_adapters/crypto/blind-index';
import { createHolderNames } from '../_adapters/crypto/holder-names';
import { createReferences } from '../_adapters/crypto/references';
import { createSealing } from '../_adapters/crypto/sealing';
import { now, randomBytes } from '../_adapters/runtime/ambient';
import type { HolderAsks } from '../_adapters/institutions/api';
import { createOpenAsk } from '../_core/asks/open-ask';
import { findKeptConsent } from '../_core/consents/consent';
import { createReadAsk, createTellHolder } from '../_core/asks/read-ask';

/** What the function's environment holds for asks. */
interface Secrets {
  readonly dataKey: Uint8Array;
  readonly indexKey: Uint8Array;
  readonly referenceKey: Uint8Array;
}

/** Asks over documents, keys and clock, as the provider needs them. */
export const createHolderAsks = (secrets: Secrets): HolderAsks => {
  const sealing = createSealing(secrets.dataKey);
  const index = createBlindIndex(secrets.indexKey);
  const asks = createAsks(sealing);
  const ports = {
    now,
    randomBytes,
    takeTurn: createTakeTurn(index, now),
    loadUsedQuotas,
    askKeyOf: index.ofAsk,
    askNumberIdOf: index.ofAskNumber,
    holderNameOf: createHolderNames(sealing),
    ...createCounterSessions(),
    ...createAskNumbers(),
    ...createIdentities(sealing),
    ...createReferences(secrets.referenceKey, sealing),
    ...asks,
  };
  return {
    openAsk: createOpenAsk(ports),
    readAsk: createReadAsk(ports),
    tellHolder: createTellHolder({ ...ports, findConsent: findKeptConsent }),
    eraseRelease: asks.eraseRelease,
    declineSession: asks.declineSession,
  };
};
