import fc from 'fast-check';
import { purposeTable } from '../../../protocol';
import type { Identity } from '../../../cloudfunctions/_core/card/identity';
import { standingOf } from '../../../cloudfunctions/_core/card/stops';
import { numberOf } from '../../support/enrolment-steps';
import { accountAt, createService, type Command, type Service } from '../../support/service-actors';
import { cardCommands, makeKillCode } from '../../support/service-card-commands';
import {
  bringToReview,
  enrol,
  enrolmentCommands,
  readDocument,
  startCase,
} from '../../support/service-enrolment-commands';
import { newModel, statusOf, type Model, type ModelCard } from '../../support/service-model';
import { confirm, operatorCommands, propose } from '../../support/service-operator-commands';
import { passCommands, takePasses } from '../../support/service-pass-commands';
import { acceptReview, appealReview, refuseReview, reviewCommands } from '../../support/service-review-commands';
import { redeemCommands } from '../../support/service-redeem-commands';
import { claim, offer, open, plainOpening, prepare, showingCommands } from '../../support/service-showing-commands';
import { stories } from '../../support/service-stories';

/** A card is only ever there by every proof that the design asks for, and stands as what was done to it says. */
const checkCard = ({ world }: Service, identity: Identity, card: ModelCard | undefined): void => {
  if (!card) throw new Error('a card that nobody was given');
  expect(identity.account).toBe(accountAt(card.account));
  expect(identity.card.tier).toBe(card.tier);
  expect(standingOf(identity.card.stops)).toBe(statusOf(card));
  const { proofs, id } = card.madeFrom;
  expect(proofs.has('document')).toBe(true);
  expect(proofs.has('face') || proofs.has('two operators') || proofs.has('two reviewers')).toBe(true);
  expect(identity.stepUp.fingerprint !== null).toBe(proofs.has('finger'));
  // The same by what the recognisers and the authority have seen, whatever the model believes.
  const isSeen = (at: string, of: string): boolean =>
    world.looks.some((look) => look.at === at && look.satisfied && look.subject.includes(of));
  expect(isSeen('document', id)).toBe(true);
  const isVouched = world
    .proposals()
    .some(
      (one) =>
        one.act.kind === 'vouch_for_case' &&
        one.act.target === id &&
        'confirmedBy' in one &&
        one.confirmedBy !== one.proposedBy,
    );
  // Two reviewers by the operators' log, neither of whom refused it.
  const said = (kind: string): string[] =>
    world
      .operatorLog()
      .flatMap(({ happening }) =>
        happening.kind === kind && 'case' in happening && happening.case === id ? [happening.operator] : [],
      );
  const refusers = said('review_refused');
  const isReviewed = new Set(said('review_accepted').filter((one) => !refusers.includes(one))).size === 2;
  expect(isReviewed).toBe(proofs.has('two reviewers'));
  expect(isVouched || isReviewed || (isSeen('face', id) && isSeen('authority', numberOf(card.person)))).toBe(true);
};

/** The history tells each check and each pass that was used, once. */
const checkHistory = async ({ world }: Service, identity: Identity, card: ModelCard): Promise<void> => {
  const numbers = Array.from({ length: identity.eventCount }, (_, at) => at + 1);
  const events = await world.events.ports.loadEvents(identity, numbers);
  expect(events).toHaveLength(numbers.length);
  const count = (kind: string): number => events.filter(({ happening }) => happening.kind === kind).length;
  expect({ checks: count('card_checked'), passes: count('pass_used') }).toEqual(card.told);
  for (const { happening } of events) {
    if (happening.kind !== 'card_checked') continue;
    const { claims, modes } = purposeTable[happening.purpose];
    expect(happening.claims.filter((claim) => !claims.includes(claim))).toEqual([]);
    expect(modes).toContain(happening.mode);
  }
};

const checkService = async (model: Model, service: Service): Promise<void> => {
  const all = service.world.identities.all();
  expect(all).toHaveLength(model.cardOf.size);
  expect(new Set(all.map(({ account }) => account)).size).toBe(all.length);
  for (const identity of all) {
    const card = [...model.cardOf.values()].find(({ person }) => numberOf(person) === String(identity.person.number));
    checkCard(service, identity, card);
    if (card) await checkHistory(service, identity, card);
  }
};

const play = async (reached: Set<string>, commands: Iterable<Command>): Promise<void> => {
  const service = createService(reached);
  const model = newModel(service.world.clock.now());
  await fc.asyncModelRun(() => ({ model, real: service }), commands as Iterable<fc.AsyncCommand<Model, Service>>);
  await checkService(model, service);
};

/** Where it is interesting: somebody has a card, and showed it; two have one; a counter waits. */
const beginnings: readonly (readonly Command[])[] = [
  [],
  enrol(0, 0, 0),
  [...enrol(0, 0, 0), ...enrol(1, 1, 1)],
  bringToReview(0, 0, 0),
  [...bringToReview(0, 0, 0), refuseReview(0, 0), appealReview(0), acceptReview(1, 0)],
  [...enrol(0, 0, 0), startCase(1), readDocument({ at: 1, isOwn: true }, 0)],
  [...enrol(0, 0, 0), prepare(0), open(0, plainOpening)],
  [...enrol(0, 0, 0), takePasses(0, true)],
  [...enrol(0, 0, 0), makeKillCode(0), ...enrol(0, 1, 0)],
  [...enrol(0, 0, 0), offer(0, 'train-ticket'), claim(0, 0), prepare(0)],
  [...enrol(0, 0, 0), propose('counter 0', 'raise_tier', 0), confirm('counter 1', 0), offer(0, 'bank-account-opening')],
];

const everything = [
  ...enrolmentCommands,
  ...showingCommands,
  ...redeemCommands,
  // Most of what matters happens to a card that is shown.
  ...showingCommands,
  ...redeemCommands,
  ...cardCommands,
  ...operatorCommands,
  ...reviewCommands,
  ...passCommands,
];

const RUNS = Number(process.env['SERVICE_MODEL_RUNS'] ?? 250);

it('mints, shows, checks and ends cards as the model says, in whatever order holders, merchants, operators and attackers call', async () => {
  const reached = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...beginnings),
      fc.commands(everything, {
        maxCommands: 60,
        size: 'max',
      }),
      async (beginning, commands) => play(reached, [...beginning, ...commands]),
    ),
    { numRuns: RUNS },
  );
}, 600_000);

describe('the model', () => {
  it.each(Object.entries(stories))('follows %s', async (_, { told, reaches }) => {
    const reached = new Set<string>();
    await play(reached, told);
    expect(reaches.filter((one) => !reached.has(one))).toEqual([]);
  });
});
