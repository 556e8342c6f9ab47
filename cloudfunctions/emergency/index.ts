import { createEvents } from '../_adapters/cloudbase/events';
import { createIdentities } from '../_adapters/cloudbase/identities';
import { createTakeTurn } from '../_adapters/cloudbase/rate-windows';
import { createBlindIndex } from '../_adapters/crypto/blind-index';
import { createSealing } from '../_adapters/crypto/sealing';
import { now } from '../_adapters/runtime/ambient';
import { requiredKey } from '../_adapters/runtime/environment';
import { serveHttp } from '../_adapters/runtime/serve-http';
import { killCard } from '../_core/card/kill-card';
import { answerKill } from './answer';

const sealing = createSealing(requiredKey('DATA_KEY'));
const index = createBlindIndex(requiredKey('INDEX_KEY'));

const ports = {
  now,
  killCodeKeyOf: index.ofKillCode,
  takeTurn: createTakeTurn(index, now),
  ...createIdentities(sealing),
  ...createEvents(sealing),
};

/** Stopping a card without a phone and without a login. */
export const main = serveHttp('emergency', 'kill', (event) =>
  answerKill(event, (address, typed) => killCard(ports, address, typed)),
);
