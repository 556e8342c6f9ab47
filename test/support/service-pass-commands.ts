import fc from 'fast-check';
import {
  base64urlDecode,
  createPassKeys,
  createShownPass,
  offlinePurposes,
  spellClaims,
  type Openings,
  type PurposeId,
} from '../../protocol';
import { sha256 } from '../../cloudfunctions/_adapters/crypto/es256';
import { fetchPasses, preparePasses } from '../../cloudfunctions/_core/pass/issue-passes';
import { reconcilePasses } from '../../cloudfunctions/_core/pass/reconcile-passes';
import { newKeyPair } from './key-pair';
import type { HeldPass } from './passes';
import { accountAt, ACCOUNTS, codeOf, command, oneOf, type Command } from './service-actors';
import { cardOfAccount, statusOf } from './service-model';
import { terminals } from './service-world';

const PASSES = 20;

export const takePasses = (account: number, isHolderKey: boolean): Command =>
  command(
    `passes by ${account}${isHolderKey ? '' : ' with another key'}`,
    async (model, { world, foreignKey }) => {
      const card = cardOfAccount(model, account);
      const prepared = await preparePasses(world.ports, accountAt(account));
      const keys = [newKeyPair(), newKeyPair()];
      const { sign } = (isHolderKey ? card?.key : null) ?? foreignKey;
      const nonce = prepared.ok ? prepared.value.nonce : 'A'.repeat(22);
      const request = createPassKeys({ nonce, keys: keys.map(({ publicKey }) => publicKey), sign });
      const fetched = await fetchPasses(world.ports, accountAt(account), { action: 'fetchPasses', keys: request });
      const heard = prepared.ok ? codeOf(fetched) : codeOf(prepared);
      if (!card) return { due: 'not_found', heard };
      if (statusOf(card) !== 'valid') return { due: 'card_not_active', heard };
      if (!isHolderKey) return { due: 'key_proof_invalid', heard };
      if (!fetched.ok) return { due: 'ok', heard };
      const { claims, expiresAt } = fetched.value;
      const [name, number, age] = spellClaims(claims);
      fetched.value.passes.forEach(({ pass, salts }, at) => {
        const salt = (of: number): Uint8Array => base64urlDecode(salts[of] ?? '') ?? new Uint8Array();
        const openings: Openings = [
          { salt: salt(0), value: name },
          { salt: salt(1), value: number },
          { salt: salt(2), value: age },
        ];
        const key = keys[at];
        if (!key) throw new Error('more passes than keys');
        const held: HeldPass = { bytes: base64urlDecode(pass) ?? new Uint8Array(), key, openings };
        model.passes.push({ held, card, expiresAt, claims, uses: new Map() });
      });
      return { due: 'ok', heard };
    },
    ({ passes }) => passes.length < PASSES,
  );

export interface PassUse {
  readonly terminal: number;
  readonly pass: number;
  readonly request: number;
  readonly purpose: PurposeId;
  /** Whether the phone that the pass was made for shows it. */
  readonly isPassKey: boolean;
}

/** How many uses beside the first keep what they heard. */
const REPEATS_KEPT = 5;

/** A pass is accepted by a terminal without a network, and handed in at once. */
export const usePass = ({ terminal, pass: at, request, purpose, isPassKey }: PassUse): Command =>
  command(
    `pass ${at} for ${purpose} at ${terminal} as ${request}${isPassKey ? '' : ', copied,'} used`,
    async (model, { world, foreignKey }) => {
      const pass = oneOf(model.passes, at);
      if (!pass) return { due: 'none', heard: 'none' };
      const { bytes, openings, key } = pass.held;
      const shownAt = Math.floor(model.now / 1000);
      const { sign } = isPassKey ? key : foreignKey;
      const text = createShownPass({ pass: bytes, openings, purpose, shownAt, sign, sha256 });
      const use = { requestId: request.toString(16).padStart(32, '0'), text, acceptedAt: model.now };
      const by = terminals[terminal]?.account ?? accountAt(0);
      const handed = await reconcilePasses(world.ports, by, { action: 'reconcilePasses', uses: [use] });
      if (terminal === terminals.length - 1 || !handed.ok) return { due: 'not_permitted', heard: codeOf(handed) };
      const [result] = handed.value.results;
      if (!result) throw new Error('no result');
      if (model.now >= pass.expiresAt || !isPassKey) {
        return {
          due: isPassKey ? 'code_expired' : 'code_not_recognised',
          heard: 'reason' in result ? result.reason : result.outcome,
        };
      }
      const { uses } = pass;
      const name = `${terminal} ${request}`;
      const present = model.cardOf.get(pass.card.person);
      if (uses.size === 0 && present) present.told.passes += 1;
      const used = uses.get(name) ?? {
        wasGood: present === pass.card && statusOf(present) === 'valid',
        told: present?.told ?? null,
      };
      if (uses.size <= REPEATS_KEPT) uses.set(name, used);
      const isFirst = [...uses.keys()][0] === name;
      if (result.outcome !== 'refused') {
        // A stopped card's pass is told apart; nothing is known of a person who is gone, nor of who came after.
        expect(result.notValidSince === null).toBe(present?.told !== used.told || !present || used.wasGood);
      }
      // Nothing else happens in the millisecond of a use.
      world.clock.advance(1);
      model.now += 1;
      return { due: isFirst ? 'first_use' : 'used_before', heard: result.outcome };
    },
    ({ passes }) => passes.length > 0,
  );

const account = fc.nat(ACCOUNTS - 1);
const mostly = fc.integer({ min: 0, max: 6 }).map((chance) => chance > 0);

export const passCommands: readonly fc.Arbitrary<Command>[] = [
  fc.tuple(account, mostly).map(([who, isHolderKey]) => takePasses(who, isHolderKey)),
  fc
    .record({
      terminal: fc.nat(terminals.length - 1),
      pass: fc.nat(PASSES - 1),
      request: fc.nat(1),
      purpose: fc.constantFrom(...offlinePurposes),
      isPassKey: mostly,
    })
    .map(usePass),
];
