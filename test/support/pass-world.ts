import { sha256 } from '../../cloudfunctions/_adapters/crypto/es256';
import { fetchPasses, preparePasses, type FetchPassesPorts } from '../../cloudfunctions/_core/pass/issue-passes';
import { reconcilePasses, type ReconcilePassesPorts } from '../../cloudfunctions/_core/pass/reconcile-passes';
import type { PrepareOfflinePorts } from '../../cloudfunctions/_core/pass/prepare-offline';
import {
  base64urlDecode,
  createPass,
  createPassKeys,
  createShownPass,
  passKeyName,
  spellClaims,
  type FetchPassesReply,
  type Openings,
  type PassUseResult,
  type PurposeId,
  type ReconcilePassesRequest,
} from '../../protocol';
import { valueOf } from './enrolment-steps';
import { newKeyPair, type KeyPair } from './key-pair';
import type { HeldPass } from './passes';
import { createPassStore } from './pass-store';
import {
  createShowingWorld,
  firstTerminal,
  holder,
  holderKey,
  type ShowingPorts,
  type ShowingWorld,
} from './showing-world';

/** The key that signs the passes of these tests. */
export const issuerKey = newKeyPair();

export type PassWorldPorts = ShowingPorts & FetchPassesPorts & ReconcilePassesPorts & PrepareOfflinePorts;

/** The ports of `PassWorldPorts` that answer later. */
export const laterPassPorts = [
  'loadStaff',
  'loadIdentity',
  'loadIdentityOfAccount',
  'replaceIdentity',
  'appendEvent',
  'loadEvents',
  'keepIssuedPasses',
  'loadIssuedPass',
  'keepUse',
  'markUseTold',
] as const satisfies readonly (keyof PassWorldPorts)[];

/** A card, its phone and three terminals that meet without a network, and the service. */
export interface PassWorld extends Omit<ShowingWorld, 'ports'> {
  readonly store: ReturnType<typeof createPassStore>;
  readonly ports: PassWorldPorts;
}

export const createPassWorld = (start?: string): PassWorld => {
  const world = createShowingWorld(start);
  const store = createPassStore();
  return {
    ...world,
    store,
    ports: {
      ...world.ports,
      ...store.ports,
      issuePass: (content) => createPass(content, { issuerKey: issuerKey.publicKey, sign: issuerKey.sign, sha256 }),
      passKeys: () =>
        new Map([
          [passKeyName(issuerKey.publicKey, sha256), { key: issuerKey.publicKey, notBefore: null, notAfter: null }],
        ]),
    },
  };
};

/** Asks for passes as the holder's phone does. */
export const askForPasses = async (world: PassWorld, count = 10, sign = holderKey.sign, ports = world.ports) => {
  const keys = Array.from({ length: count }, () => newKeyPair());
  const { nonce } = valueOf(await preparePasses(ports, holder));
  const request = createPassKeys({ nonce, keys: keys.map(({ publicKey }) => publicKey), sign });
  return { keys, request, fetched: await fetchPasses(ports, holder, { action: 'fetchPasses', keys: request }) };
};

const heldOf = (reply: FetchPassesReply, keys: readonly KeyPair[]): HeldPass[] =>
  reply.passes.map(({ pass, salts }, at) => {
    const [name, number, age] = spellClaims(reply.claims);
    const salt = (position: number): Uint8Array => base64urlDecode(salts[position] ?? '') ?? new Uint8Array();
    const openings: Openings = [
      { salt: salt(0), value: name },
      { salt: salt(1), value: number },
      { salt: salt(2), value: age },
    ];
    const key = keys[at];
    if (!key) throw new Error('more passes than keys');
    return { bytes: base64urlDecode(pass) ?? new Uint8Array(), key, openings };
  });

/** Passes as they lie on the holder's phone. */
export const fetchHeld = async (world: PassWorld, count = 10): Promise<HeldPass[]> => {
  const { keys, fetched } = await askForPasses(world, count);
  return heldOf(valueOf(fetched), keys);
};

type Use = ReconcilePassesRequest['uses'][number];

/** An acceptance now. @param request names it: the same name is the same request id */
export const acceptance = (
  world: PassWorld,
  held: HeldPass,
  request = 1,
  purpose: PurposeId = 'parcel-pickup',
): Use => {
  const now = world.clock.now();
  const shown = { pass: held.bytes, openings: held.openings, purpose, shownAt: Math.floor(now / 1000) };
  return {
    requestId: request.toString(16).padStart(32, '0'),
    text: createShownPass({ ...shown, sign: held.key.sign, sha256 }),
    acceptedAt: now,
  };
};

/** Hands uses in, as a terminal that is online again. */
export const handIn = async (
  world: PassWorld,
  uses: readonly Use[],
  by = firstTerminal,
  ports: ReconcilePassesPorts = world.ports,
): Promise<PassUseResult[]> =>
  valueOf(await reconcilePasses(ports, by.key, { action: 'reconcilePasses', uses: [...uses] })).results;
