import fc from 'fast-check';
import {
  allowsAlias,
  createShowingStatement,
  purposeIds,
  purposeTable,
  sessionHandle,
  showingHandle,
  stepUpChallenge,
  stepUpFolder,
  type PurposeId,
  type StepUp,
} from '../../protocol';
import { sha256 } from '../../cloudfunctions/_adapters/crypto/es256';
import { PREPARED_LIFE_MS, SHOWING_LIFE_MS } from '../../cloudfunctions/_core/card/identity';
import { aliasShowing } from '../../cloudfunctions/_core/showing/alias-showing';
import { claimCounter, openCounter } from '../../cloudfunctions/_core/showing/counter';
import { CONSENT_LIFE_MS, SESSION_LIFE_MS } from '../../cloudfunctions/_core/showing/counter-session';
import { openShowing, prepareShowing } from '../../cloudfunctions/_core/showing/open-showing';
import { pictures, vouched } from './enrolment-steps';
import { newKeyPair } from './key-pair';
import { accountAt, ACCOUNTS, codeOf, command, oneOf, type Command, type Service } from './service-actors';
import {
  cardOfAccount,
  hindranceOf,
  missingSteps,
  statusOf,
  type Model,
  type ModelCard,
  type ModelSession,
} from './service-model';
import { accountOfTerminal, askedClaims, granted, type Asked } from './service-terminals';
import { terminals } from './service-world';
import { verifySoterOf } from './soter';

export const prepare = (account: number): Command =>
  command(`prepare by ${account}`, async (model, { world }) => {
    const prepared = await prepareShowing(world.ports, accountAt(account));
    const card = cardOfAccount(model, account);
    if (!card) return { due: 'not_found', heard: codeOf(prepared) };
    if (statusOf(card) !== 'valid') return { due: 'card_not_active', heard: codeOf(prepared) };
    if (card.showing?.redeemed) card.redeemedBefore = card.showing;
    card.showing = {
      handle: showingHandle(prepared.ok ? prepared.value.handle : ''),
      key: newKeyPair(),
      preparedAt: model.now,
      aliases: [],
      opened: null,
      redeemed: null,
    };
    model.showings.push(card.showing);
    return { due: 'ok', heard: codeOf(prepared) };
  });

export interface Opening {
  readonly purpose: PurposeId;
  /** Which of the sessions so far it is for; null for none. */
  readonly session: number | null;
  readonly isHolderKey: boolean;
  readonly finger: 'none' | 'own' | 'of before' | 'of another phone';
  readonly face: 'none' | 'own' | "another's";
}

const isBound = (model: Model, card: ModelCard, session: ModelSession, purpose: PurposeId): boolean =>
  session.claimed?.person === card.person &&
  session.purpose === purpose &&
  model.now < session.claimed.at + CONSENT_LIFE_MS;

/** What an opening comes to before anything is proved anew. */
const judged = (model: Model, card: ModelCard, opening: Opening, session: ModelSession | undefined): string => {
  const { showing } = card;
  const { purpose, isHolderKey } = opening;
  const isPrepared = showing && !showing.opened && model.now <= showing.preparedAt + PREPARED_LIFE_MS;
  if (!isPrepared) return 'wrong_step';
  if (!isHolderKey) return 'key_proof_invalid';
  const hindrance = hindranceOf(model, card, purpose);
  if (hindrance) return hindrance;
  if (!session) return purposeTable[purpose].modes.includes('shown') ? 'ok' : 'counter_needed';
  return isBound(model, card, session, purpose) ? 'ok' : 'session_over';
};

const proved = (card: ModelCard, { purpose, finger, face }: Opening): string | readonly StepUp[] => {
  const { stepUp } = purposeTable[purpose];
  const shown: StepUp[] = [];
  if (stepUp.includes('face') && face !== 'none') {
    if (face !== 'own') return 'faces_differ';
    shown.push('face');
  }
  if (stepUp.includes('fingerprint') && finger !== 'none') {
    if (!card.hasFinger) return 'fingerprint_not_bound';
    if (finger !== 'own') return 'fingerprint_invalid';
    shown.push('fingerprint');
  }
  return missingSteps(purpose, shown).length > 0 ? 'step_up_missing' : shown;
};

const askToOpen = async (
  { world, sensors, touched, foreignKey }: Service,
  account: number,
  card: ModelCard | null,
  { purpose, isHolderKey, finger, face }: Opening,
  session: ModelSession | undefined,
): Promise<string> => {
  const handle = card?.showing?.handle ?? showingHandle('AAAAAAAAAAAAAAAAAAAAAA');
  const key = (card?.showing?.key ?? foreignKey).publicKey;
  const { sign } = (isHolderKey ? card?.key : null) ?? foreignKey;
  const bound = session?.handle ?? null;
  const challenge = stepUpChallenge({ handle, session: bound, purpose }, sha256);
  const [earlier] = touched;
  const answers = {
    none: undefined,
    own: sensors[account]?.touch(challenge),
    'of before': earlier ?? sensors[account]?.touch('of nothing'),
    'of another phone': sensors[(account + 1) % ACCOUNTS]?.touch(challenge),
  };
  if (answers.own) touched.push(answers.own);
  const fingerprint = answers[finger];
  const selfie =
    face === 'none'
      ? undefined
      : world.evidence.upload(stepUpFolder(handle), pictures.face(face === 'own' ? 0.7 : 0.1, vouched));
  const ports = { ...world.ports, verifySoter: verifySoterOf(accountAt(account)) };
  const opened = await openShowing(ports, accountAt(account), {
    action: 'openShowing',
    statement: createShowingStatement({ handle, key, purpose, session: bound, sign }),
    stepUp: { ...(fingerprint && { fingerprint }), ...(selfie && { selfie }) },
  });
  return codeOf(opened);
};

export const open = (account: number, opening: Opening): Command =>
  command(`open by ${account} ${JSON.stringify(opening)}`, async (model, service) => {
    const card = cardOfAccount(model, account);
    const session = opening.session === null ? undefined : oneOf(model.sessions, opening.session);
    const heard = await askToOpen(service, account, card, opening, session);
    if (!card) return { due: 'not_found', heard };
    const due = judged(model, card, opening, session);
    if (due !== 'ok') return { due, heard };
    const shown = proved(card, opening);
    if (typeof shown === 'string') return { due: shown, heard };
    const opened = { purpose: opening.purpose, at: model.now, session: session ?? null, stepUp: shown };
    if (card.showing) card.showing.opened = opened;
    return { due, heard };
  });
export const offer = (terminal: number, purpose: PurposeId, asked: Asked = 'all'): Command =>
  command(`offer at ${terminal} for ${purpose}, ${asked}`, async (model, { world }) => {
    const claims = askedClaims(purpose, asked);
    const opened = await openCounter(world.ports, accountOfTerminal(terminal), {
      action: 'openCounter',
      purpose,
      ...(claims && { claims }),
    });
    const may = granted(terminal, purpose, asked);
    if (typeof may === 'string') return { due: may, heard: codeOf(opened) };
    const handle = sessionHandle(opened.ok ? opened.value.session : 'A'.repeat(22));
    model.sessions.push({ handle, terminal, purpose, claims: may, openedAt: model.now, claimed: null });
    return { due: 'ok', heard: codeOf(opened) };
  });

export const claim = (account: number, at: number): Command =>
  command(
    `claim by ${account} of session ${at}`,
    async (model, { world }) => {
      const session = oneOf(model.sessions, at);
      if (!session) return { due: 'none', heard: 'none' };
      const request = { action: 'claimCounter', session: session.handle } as const;
      const heard = codeOf(await claimCounter(world.ports, accountAt(account), request));
      const card = cardOfAccount(model, account);
      if (!card) return { due: 'not_found', heard };
      if (!session.claimed) {
        if (model.now >= session.openedAt + SESSION_LIFE_MS) return { due: 'session_over', heard };
        session.claimed = { person: card.person, at: model.now };
      } else if (session.claimed.person !== card.person) return { due: 'session_taken', heard };
      const lacksFinger = purposeTable[session.purpose].stepUp.includes('fingerprint') && !card.hasFinger;
      const hindrance = hindranceOf(model, card, session.purpose) ?? (lacksFinger ? 'fingerprint_not_bound' : null);
      return { due: hindrance ?? 'ok', heard };
    },
    ({ sessions }) => sessions.length > 0,
  );

export const giveAlias = (account: number): Command =>
  command(`alias by ${account}`, async (model, { world }) => {
    const given = await aliasShowing(world.ports, accountAt(account));
    const heard = codeOf(given);
    const card = cardOfAccount(model, account);
    if (!card) return { due: 'not_found', heard };
    if (statusOf(card) !== 'valid') return { due: 'card_not_active', heard };
    const { showing } = card;
    const isOpen = showing?.opened && !showing.redeemed && model.now < showing.opened.at + SHOWING_LIFE_MS;
    if (!isOpen || !showing.opened) return { due: 'wrong_step', heard };
    if (showing.opened.session || !allowsAlias(showing.opened.purpose)) return { due: 'counter_needed', heard };
    if (given.ok) showing.aliases.push({ text: given.value.alias, madeAt: model.now });
    return { due: 'ok', heard };
  });

const account = fc.nat(ACCOUNTS - 1);
const terminal = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.nat(terminals.length - 1) },
);
const purpose = fc.oneof(
  fc.constantFrom<PurposeId>('parcel-pickup', 'age-check', 'train-ticket'),
  fc.constantFrom(...purposeIds),
);
const asked = fc.constantFrom<Asked>('all', 'all', 'all', 'first', 'too much');
const mostly = fc.integer({ min: 0, max: 9 }).map((chance) => chance > 0);

const opening: fc.Arbitrary<Opening> = fc.record({
  purpose,
  session: fc.option(fc.nat(7), { freq: 2 }),
  isHolderKey: mostly,
  finger: fc.constantFrom<Opening['finger']>('none', 'own', 'own', 'own', 'of before', 'of another phone'),
  face: fc.constantFrom<Opening['face']>('none', 'none', 'own', "another's"),
});
export const plainOpening: Opening = {
  purpose: 'parcel-pickup',
  session: null,
  isHolderKey: true,
  finger: 'none',
  face: 'none',
};

export const showingCommands: readonly fc.Arbitrary<Command>[] = [
  account.map(prepare),
  fc.tuple(account, opening).map(([who, how]) => open(who, how)),
  // The shortest way, so that there is something to redeem.
  fc
    .tuple(account, fc.constantFrom<PurposeId>('parcel-pickup', 'age-check'))
    .map(([who, what]) => open(who, { ...plainOpening, purpose: what })),
  fc.tuple(terminal, purpose, asked).map(([at, what, which]) => offer(at, what, which)),
  fc.tuple(account, fc.nat(7)).map(([who, which]) => claim(who, which)),
  account.map(giveAlias),
];
