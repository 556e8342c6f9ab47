import type { AccountKey, Sha256 } from '../../../protocol';
import type { Now } from '../ambient-ports';
import { changeIdentity, nextRevisionOf, withEvent, type ChangeIdentityPorts } from '../card/change-identity';
import type { Identity } from '../card/identity';
import type { LoadIdentityOfAccount } from '../card/identity-ports';
import type { EventIdOf } from '../event';
import { requestIdOf, type DeletionRequest, type LoadDeletionRequests } from './deletion-request';
import { actsOf } from './look-acts';

export interface NoteAnswersPorts extends ChangeIdentityPorts {
  readonly now: Now;
  readonly sha256: Sha256;
  readonly eventIdOf: EventIdOf;
  readonly loadIdentityOfAccount: LoadIdentityOfAccount;
  readonly loadDeletionRequests: LoadDeletionRequests;
}

interface Answered {
  readonly number: number;
  readonly request: DeletionRequest;
}

const answeredOf = async (ports: NoteAnswersPorts, identity: Identity): Promise<readonly Answered[]> => {
  const { asked } = actsOf(identity);
  if (asked.length === 0) return [];
  const ids = new Map(asked.map((number) => [requestIdOf(ports.sha256, ports.eventIdOf(identity, number)), number]));
  const requests = await ports.loadDeletionRequests([...ids.keys()]);
  return requests.flatMap((request) => {
    const number = ids.get(request.id);
    return number !== undefined && request.answered ? [{ number, request }] : [];
  });
};

/** The identity with an event for each answer that its holder has not been told of. */
const told = (ports: NoteAnswersPorts, identity: Identity, answers: readonly Answered[]): Identity => {
  const acts = actsOf(identity);
  const numbers = answers.map(({ number }) => number);
  const next = nextRevisionOf(identity, {
    acts: {
      ...acts,
      asked: acts.asked.filter((number) => !numbers.includes(number)),
      answered: [...acts.answered, ...numbers],
    },
  });
  return answers.reduce((before, { number, request: { partner, answered } }) => {
    if (!answered) return before;
    const happening = { kind: 'deletion_answered', check: number, partner, answer: answered.answer } as const;
    return withEvent(ports.sealEvent, before, { at: ports.now(), happening });
  }, next);
};

/**
 * Writes into the holder's history what partners have answered since it was last looked at. It happens when the holder looks, since
 * nothing that is stored leads from a request to the person who made it.
 * @returns the identity as it is then; null where the account has none
 */
export const noteAnswers = async (
  ports: NoteAnswersPorts,
  account: AccountKey,
  loaded: Identity | null,
): Promise<Identity | null> => {
  if (!loaded || (await answeredOf(ports, loaded)).length === 0) return loaded;
  await changeIdentity(
    ports,
    () => ports.loadIdentityOfAccount(account),
    async (identity) => {
      const answers = await answeredOf(ports, identity);
      if (answers.length === 0) return { kind: 'kept', value: null };
      return { kind: 'changed', next: told(ports, identity, answers), value: null };
    },
  );
  return ports.loadIdentityOfAccount(account);
};
