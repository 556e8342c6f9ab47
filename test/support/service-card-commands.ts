import fc from 'fast-check';
import { createOrderStatement, KILL_CODE_GRACE_DAYS } from '../../protocol';
import { deleteAccount, prepareDeletion } from '../../cloudfunctions/_core/card/delete-account';
import { resumeCard, suspendCard } from '../../cloudfunctions/_core/card/holder-card';
import { issueKillCode, killCard } from '../../cloudfunctions/_core/card/kill-card';
import { accountAt, ACCOUNTS, codeOf, command, oneOf, type Command, type Service } from './service-actors';
import { cardOfAccount, type Model, type ModelCard } from './service-model';

const CODE_GRACE_MS = KILL_CODE_GRACE_DAYS * 24 * 60 * 60 * 1000;

const onCard = (
  name: string,
  account: number,
  call: (service: Service, card: ModelCard | null) => Promise<string>,
  decide: (model: Model, card: ModelCard) => string,
): Command =>
  command(`${name} by ${account}`, async (model, service) => {
    const card = cardOfAccount(model, account);
    const heard = await call(service, card);
    return { heard, due: card ? decide(model, card) : 'not_found' };
  });

export const brake = (account: number): Command =>
  onCard(
    'brake',
    account,
    async ({ world }) => codeOf(await suspendCard(world.ports, accountAt(account))),
    (_, { stops }) => {
      if (stops.has('revoked')) return 'card_not_active';
      if (stops.size === 0) stops.add('brake');
      return 'ok';
    },
  );

const release = (account: number): Command =>
  onCard(
    'release',
    account,
    async ({ world }) => codeOf(await resumeCard(world.ports, accountAt(account))),
    (_, { stops }) => {
      if (stops.has('revoked') || stops.has('kill code')) return 'card_not_active';
      stops.clear();
      return 'ok';
    },
  );

export const makeKillCode = (account: number): Command =>
  command(`kill-code by ${account}`, async (model, { world }) => {
    const made = await issueKillCode(world.ports, accountAt(account));
    const card = cardOfAccount(model, account);
    if (!card) return { due: 'not_found', heard: codeOf(made) };
    const heard = codeOf(made);
    // Who has found the phone of a stopped card makes no code that stops the holder's next one.
    if (card.stops.has('revoked') || card.stops.has('kill code')) return { due: 'card_not_active', heard };
    const working = card.killCodes.filter(({ until }) => until === null || until > model.now);
    if (working.filter(({ until }) => until !== null).length >= 2) return { due: 'too_many_requests', heard };
    if (made.ok) {
      const replaced = working.map(({ code, until }) => ({ code, until: until ?? model.now + CODE_GRACE_MS }));
      card.killCodes = [{ code: made.value.code, until: null }, ...replaced];
      model.killCodes.push(made.value.code);
    }
    return { due: 'ok', heard };
  });

export const kill = (at: number): Command =>
  command(
    `kill by code ${at}`,
    async (model, { world }) => {
      const code = oneOf(model.killCodes, at);
      if (code === undefined) return { due: 'none', heard: 'none' };
      // One address may try ten times in ten minutes.
      const heard = codeOf(await killCard(world.ports, `address of ${world.turns.length}`, code));
      const card = [...model.cardOf.values()].find(({ killCodes }) =>
        killCodes.some((one) => one.code === code && (one.until === null || one.until > model.now)),
      );
      if (!card || card.stops.has('kill code') || card.stops.has('revoked')) return { due: 'kill_code_unknown', heard };
      card.stops.add('kill code');
      card.killedAt = model.now;
      return { due: 'ok', heard };
    },
    ({ killCodes }) => killCodes.length > 0,
  );

const deleted = (model: Model, card: ModelCard): void => {
  model.cardOf.delete(card.person);
  for (const one of model.cases) {
    const isOver = one.state === 'minted' || one.state === 'refused' || one.state === 'expired';
    if (one.account === card.account && isOver) one.state = 'gone';
  }
};

const erase = (account: number, isHolderKey: boolean): Command =>
  onCard(
    `delete${isHolderKey ? '' : ' with another key'}`,
    account,
    async ({ world, foreignKey }, card) => {
      const prepared = await prepareDeletion(world.ports, accountAt(account));
      if (!prepared.ok) return prepared.error.code;
      const { publicKey: holderKey, sign } = (isHolderKey ? card?.key : null) ?? foreignKey;
      const statement = createOrderStatement('deletion', { challenge: prepared.value.challenge, holderKey, sign });
      return codeOf(await deleteAccount(world.ports, accountAt(account), { action: 'deleteAccount', statement }));
    },
    (model, card) => {
      if (card.stops.has('kill code') || card.stops.has('revoked')) return 'card_not_active';
      if (card.limitedUntil > model.now) return 'card_limited';
      if (!isHolderKey) return 'key_proof_invalid';
      deleted(model, card);
      return 'ok';
    },
  );
export const wait = (ms: number): Command =>
  command(`wait ${ms}`, (model, { world }) => {
    world.clock.advance(ms);
    model.now += ms;
    return Promise.resolve({ due: 'ok', heard: 'ok' });
  });

const account = fc.nat(ACCOUNTS - 1);
const mostly = fc.integer({ min: 0, max: 6 }).map((chance) => chance > 0);

export const cardCommands: readonly fc.Arbitrary<Command>[] = [
  account.map(brake),
  account.map(release),
  account.map(makeKillCode),
  fc.nat(5).map(kill),
  fc.tuple(account, mostly).map(([who, isHolderKey]) => erase(who, isHolderKey)),
  fc.constantFrom(1_000, 20_000, 61_000, 6 * 60_000, 61 * 60_000, 25 * 3_600_000).map(wait),
];
