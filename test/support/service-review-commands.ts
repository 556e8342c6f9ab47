import fc from 'fast-check';
import { appealCase } from '../../cloudfunctions/_core/enrolment/after-review';
import { AFTER_REVIEW_MS } from '../../cloudfunctions/_core/enrolment/case';
import { acceptCase, refuseCase } from '../../cloudfunctions/_core/operators/decide-case';
import { operatorOf } from './operator-world';
import { accountAt, codeOf, command, oneOf, type Command, type Service } from './service-actors';
import type { Model, ModelCase } from './service-model';

const REVIEWERS = 3;

/** A call on one of the cases so far. */
const onCase = (
  name: string,
  at: number,
  call: (found: ModelCase, service: Service) => Promise<string>,
  decide: (model: Model, found: ModelCase) => string,
): Command =>
  command(
    name,
    async (model, service) => {
      const found = oneOf(model.cases, at);
      if (!found) return { due: 'none', heard: 'none' };
      return { heard: await call(found, service), due: decide(model, found) };
    },
    ({ cases }) => cases.length > 0,
  );

const accepted = (model: Model, found: ModelCase, by: number): string => {
  if (found.state !== 'inReview') return 'not_found';
  if (found.refused.has(by) || found.accepted.has(by)) return 'second_person_needed';
  found.accepted.add(by);
  if (found.accepted.size < 2) return 'ok';
  found.state = 'faceMatched';
  found.proofs.add('two reviewers');
  found.endsAt = model.now + AFTER_REVIEW_MS;
  return 'ok';
};

const refused = (model: Model, found: ModelCase, by: number): string => {
  if (found.state !== 'inReview') return 'not_found';
  if (found.refused.has(by)) return 'second_person_needed';
  found.state = found.refused.size > 0 ? 'refused' : 'appealable';
  found.accepted.delete(by);
  found.refused.add(by);
  found.endsAt = model.now + AFTER_REVIEW_MS;
  return 'ok';
};

const appealed = (model: Model, found: ModelCase): string => {
  if (found.state === 'gone') return 'not_found';
  if (found.state === 'inReview' && found.refused.size > 0) return 'ok';
  if (found.state !== 'appealable') return 'wrong_step';
  found.state = model.now < found.endsAt ? 'inReview' : 'refused';
  return found.state === 'inReview' ? 'ok' : 'wrong_step';
};

export const acceptReview = (by: number, at: number): Command =>
  onCase(
    `accept case ${at} by reviewer ${by}`,
    at,
    async ({ id }, { world }) =>
      codeOf(await acceptCase(world.ports, operatorOf('reviewer', by), { action: 'acceptCase', case: id })),
    (model, found) => accepted(model, found, by),
  );

export const refuseReview = (by: number, at: number): Command =>
  onCase(
    `refuse case ${at} by reviewer ${by}`,
    at,
    async ({ id }, { world }) => {
      const request = { action: 'refuseCase', case: id, reason: 'faces_differ' } as const;
      return codeOf(await refuseCase(world.ports, operatorOf('reviewer', by), request));
    },
    (model, found) => refused(model, found, by),
  );

export const appealReview = (at: number): Command =>
  onCase(
    `appeal case ${at}`,
    at,
    async ({ id, account }, { world }) =>
      codeOf(await appealCase(world.ports, accountAt(account), { action: 'appealCase', caseId: id })),
    appealed,
  );

const reviewer = fc.nat(REVIEWERS - 1);
const caseAt = fc.nat(7);

export const reviewCommands: readonly fc.Arbitrary<Command>[] = [
  fc.tuple(reviewer, caseAt).map(([by, at]) => acceptReview(by, at)),
  fc.tuple(reviewer, caseAt).map(([by, at]) => refuseReview(by, at)),
  caseAt.map(appealReview),
];
