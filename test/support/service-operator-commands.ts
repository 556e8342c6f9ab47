import fc from 'fast-check';
import { PROPOSAL_LIFE_MS } from '../../cloudfunctions/_core/operators/critical-act';
import { confirmAct, proposeAct } from '../../cloudfunctions/_core/operators/propose';
import { operatorOf } from './operator-world';
import { codeOf, command, oneOf, type Command } from './service-actors';
import {
  isLive,
  isPresent,
  isProofed,
  statusOf,
  type Model,
  type ModelCase,
  type ModelProposal,
} from './service-model';

export type Person = 'counter 0' | 'counter 1' | 'security 0' | 'security 1';

const operatorAccount = (who: Person) =>
  operatorOf(who.startsWith('counter') ? 'counter' : 'security', Number(who.at(-1)));

const mayAct = (who: Person, kind: ModelProposal['kind']): boolean =>
  who.startsWith(kind === 'revoke_card' ? 'security' : 'counter');

const reasons = {
  vouch_for_case: 'face_not_possible',
  raise_tier: 'person_and_card_seen',
  revoke_card: 'obtained_by_fraud',
} as const satisfies Record<ModelProposal['kind'], string>;

export const propose = (who: Person, kind: ModelProposal['kind'], at: number): Command =>
  command(
    `propose ${kind} of ${at} by ${who}`,
    async (model, { world }) => {
      // Nobody proposes in the millisecond in which they see.
      world.clock.advance(1);
      model.now += 1;
      const of = kind === 'vouch_for_case' ? oneOf(model.cases, at) : oneOf([...model.cardOf.values()], at);
      if (!of) return { due: 'none', heard: 'none' };
      const request = { action: 'proposeAct', kind, target: of.id, reason: reasons[kind] } as const;
      const proposed = await proposeAct(world.ports, operatorAccount(who), request);
      if (!mayAct(who, kind)) return { due: 'not_permitted', heard: codeOf(proposed) };
      if (proposed.ok) {
        const { proposal: id, hash } = proposed.value;
        model.proposals.push({ id, hash, kind, of, by: who, at: model.now, confirmed: null });
      }
      return { due: 'ok', heard: codeOf(proposed) };
    },
    ({ proposals }) => proposals.length < 12,
  );

const vouched = (model: Model, found: ModelCase, seenAt: number): string => {
  if (found.state === 'gone') return 'not_found';
  if (isProofed(found) || found.state === 'minted') return 'ok';
  if (found.state !== 'documentRead' || !isLive(model, found)) return 'wrong_step';
  if (found.readAt >= seenAt) return 'act_differs';
  found.state = 'faceMatched';
  found.proofs.add('two operators');
  found.endsAt = model.now + 7 * 24 * 60 * 60 * 1000;
  return 'ok';
};

const carriedOut = (model: Model, { kind, of, at }: ModelProposal): string => {
  if (!('stops' in of)) return vouched(model, of, at);
  if (!isPresent(model, of)) return 'not_found';
  if (kind === 'revoke_card') {
    of.stops.add('revoked');
    return 'ok';
  }
  if (of.tier === 'full' && of.limitedUntil <= 0) return 'ok';
  if (statusOf(of) !== 'valid') return 'card_not_active';
  of.tier = 'full';
  of.limitedUntil = 0;
  return 'ok';
};

export const confirm = (who: Person, at: number, isHashRight = true): Command =>
  command(
    `confirm proposal ${at} by ${who}${isHashRight ? '' : ', another act seen'}`,
    async (model, { world }) => {
      const proposal = oneOf(model.proposals, at);
      if (!proposal) return { due: 'none', heard: 'none' };
      const hash = isHashRight ? proposal.hash : proposal.hash.replace(/^./, (first) => (first === '0' ? '1' : '0'));
      const request = { action: 'confirmAct', proposal: proposal.id, hash } as const;
      const heard = codeOf(await confirmAct(world.ports, operatorAccount(who), request));
      if (!mayAct(who, proposal.kind)) return { due: 'not_permitted', heard };
      if (proposal.by === who) return { due: 'second_person_needed', heard };
      if (!isHashRight) return { due: 'act_differs', heard };
      if (proposal.confirmed) {
        return { due: proposal.confirmed.by === who ? proposal.confirmed.outcome : 'wrong_step', heard };
      }
      if (model.now >= proposal.at + PROPOSAL_LIFE_MS) return { due: 'wrong_step', heard };
      const outcome = carriedOut(model, proposal);
      proposal.confirmed = { by: who, outcome };
      return { due: outcome, heard };
    },
    ({ proposals }) => proposals.length > 0,
  );

const mostly = fc.integer({ min: 0, max: 6 }).map((chance) => chance > 0);
const counter = fc.constantFrom<Person>('counter 0', 'counter 1', 'security 0');
const security = fc.constantFrom<Person>('security 0', 'security 1', 'counter 0');
const anybody = fc.constantFrom<Person>('counter 0', 'counter 1', 'security 0', 'security 1');

export const operatorCommands: readonly fc.Arbitrary<Command>[] = [
  fc
    .tuple(counter, fc.constantFrom('vouch_for_case' as const, 'raise_tier' as const), fc.nat(7))
    .map(([who, kind, at]) => propose(who, kind, at)),
  fc.tuple(security, fc.nat(7)).map(([who, at]) => propose(who, 'revoke_card', at)),
  fc.tuple(anybody, fc.nat(11), mostly).map(([who, at, isHashRight]) => confirm(who, at, isHashRight)),
];
