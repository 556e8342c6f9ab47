import { issueKillCode } from '../../cloudfunctions/_core/card/kill-card';
import { stopIdentity } from '../../cloudfunctions/_core/card/stop-card';
import { finishProposals } from '../../cloudfunctions/_core/operators/finish-proposals';
import { confirmAct } from '../../cloudfunctions/_core/operators/propose';
import { callCounter, receiveByCode, receiveVisitor } from '../../cloudfunctions/_core/operators/visit';
import { deleteVisitor } from '../../cloudfunctions/_core/operators/visitor-acts';
import { numberOf, valueOf } from './enrolment-steps';
import { accountOf } from './enrolment-world';
import { enrolPerson, identityOf } from './life-world';
import { operatorOf } from './operator-world';
import { createServiceWorld, type ServicePorts } from './service-world';

/** Who comes to the counter. */
export const holder = accountOf(1);
/** Who receives them, and who confirms. */
export const [first, second] = [operatorOf('counter'), operatorOf('counter', 1)];
/** What the operator has seen. */
export const seen = { lastFour: numberOf(1).slice(-4), personSeen: true, documentSeen: true } as const;

/** A card with a kill code, two operators of a counter, and the job that deletes. */
export const atCounter = async () => {
  const world = createServiceWorld();
  await enrolPerson(world, holder, 1);
  const { code } = valueOf(await issueKillCode(world.ports, holder));
  // As in the operators' function: a job deletes.
  const ports = {
    ...world.ports,
    carryOut: () => Promise.resolve('later' as const),
    proofAddressOf: (id: string) => `https://issuer.example/proofs/${id}`,
  };
  const identity = () => identityOf(world, holder);
  return {
    world,
    ports,
    code,
    identity,
    callNumber: async () => valueOf(await callCounter(ports, holder, { action: 'callCounter' })).number,
    receive: (number: string, who = first) => receiveVisitor(ports, who, { action: 'receiveVisitor', number }),
    bring: (typed: string, who = first) =>
      receiveByCode(ports, who, { action: 'receiveByCode', killCode: typed.replaceAll('-', '') }),
    propose: (number: string, lastFour: string = seen.lastFour, who = first, by = ports) =>
      deleteVisitor(by, who, { action: 'deleteVisitor', number, ...seen, lastFour }),
    confirm: (proposal: string, hash: string, who = second) =>
      confirmAct(ports, who, { action: 'confirmAct', proposal, hash }),
    runJob: (jobPorts: ServicePorts = world.ports) => {
      world.clock.advance(60_000);
      return finishProposals(jobPorts);
    },
    stopFor: async (reason: Parameters<typeof stopIdentity>[2]) => {
      const found = identity();
      if (!found) throw new Error('no card');
      valueOf(await stopIdentity(world.ports, found.key, reason));
    },
    outcomes: () => world.proposals().map((one) => (one.state === 'carriedOut' ? one.outcome : one.state)),
  };
};
