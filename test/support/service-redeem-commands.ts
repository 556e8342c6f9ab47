import fc from 'fast-check';
import {
  ALIAS_LIFE_S,
  createCode,
  purposeIds,
  purposeTable,
  type DisclosableClaim,
  type PurposeId,
  type RedeemCodeReply,
} from '../../protocol';
import { REPEAT_MS, SHOWING_LIFE_MS } from '../../cloudfunctions/_core/card/identity';
import { redeemCode } from '../../cloudfunctions/_core/showing/redeem-code';
import { codeOf, command, type Command, type Service } from './service-actors';
import { missingSteps, statusOf, type Model, type ModelCard, type ModelShowing } from './service-model';
import { accountOfTerminal, askedClaims, granted, type Asked } from './service-terminals';
import { terminals } from './service-world';

export interface Scan {
  readonly terminal: number;
  /** Which of the showings so far, counted from the newest. */
  readonly showing: number;
  /** The purpose that the terminal is set to; null for the showing's own. */
  readonly purpose: PurposeId | null;
  readonly asked: Asked;
  /** How many seconds ago the phone made the code; it comes from the future where that is negative. */
  readonly age: number;
  readonly request: number;
  /** What is scanned: the phone's code, one that another key signed, its newest number, or the number before that one. */
  readonly by: 'code' | 'forged code' | 'number' | 'old number';
}

interface FoundShowing {
  readonly card: ModelCard;
  readonly showing: ModelShowing;
  readonly opened: NonNullable<ModelShowing['opened']>;
}

const aliasOf = ({ aliases }: ModelShowing, by: Scan['by']) => aliases.at(by === 'old number' ? -2 : -1);

/** The showing as the service can find it by what was scanned. */
const found = (model: Model, showing: ModelShowing, by: Scan['by']): FoundShowing | null => {
  const isByNumber = by === 'number' || by === 'old number';
  const card = [...model.cardOf.values()].find(
    (one) => one.showing === showing || (!isByNumber && one.redeemedBefore === showing),
  );
  const isLost = by === 'old number' || by === 'forged code';
  return card && showing.opened && !isLost ? { card, showing, opened: showing.opened } : null;
};

/** What speaks against an open showing, or null. */
const faultOf = (model: Model, { card, showing, opened }: FoundShowing, scan: Scan, purpose: PurposeId) => {
  if (model.now >= opened.at + SHOWING_LIFE_MS) return 'code_expired';
  const alias = aliasOf(showing, scan.by);
  const isStale =
    scan.by === 'number' ? !alias || model.now >= alias.madeAt + ALIAS_LIFE_S * 1000 : Math.abs(scan.age) >= 30;
  if (isStale) return 'code_expired';
  if (opened.session && opened.session.terminal !== scan.terminal) return 'other_terminal';
  if (opened.purpose !== purpose) return 'purpose_mismatch';
  const status = statusOf(card);
  return status === 'valid' ? null : status;
};

const scanned = async ({ world, foreignKey }: Service, showing: ModelShowing, scan: Scan, purpose: PurposeId) => {
  const alias = aliasOf(showing, scan.by);
  const { sign } = scan.by === 'forged code' ? foreignKey : showing.key;
  const issuedAt = Math.floor(world.clock.now() / 1000) - scan.age;
  const claims = askedClaims(purpose, scan.asked);
  return redeemCode(world.ports, accountOfTerminal(scan.terminal), {
    action: 'redeemCode',
    code: scan.by.endsWith('number') && alias ? alias.text : createCode({ handle: showing.handle, issuedAt, sign }),
    purpose,
    requestId: scan.request.toString(16).padStart(32, '0'),
    ...(claims && { claims }),
  });
};

/** Nothing is told but what the purpose has, the partner is registered for, and the holder of a bound showing consented to. */
const checkReleased = (
  { world }: Service,
  answer: RedeemCodeReply['answer'],
  { card, opened }: FoundShowing,
  may: readonly DisclosableClaim[],
): void => {
  const told = Object.keys(answer.claims) as DisclosableClaim[];
  const { claims, look, tier } = purposeTable[opened.purpose];
  const consented = opened.session?.claims ?? claims;
  expect(told.filter((one) => !claims.includes(one) || !may.includes(one) || !consented.includes(one))).toEqual([]);
  expect(answer.portrait === null).toBe(!look);
  expect(tier === 'light' || answer.tier === 'full').toBe(true);
  expect(missingSteps(opened.purpose, answer.stepUp)).toEqual([]);
  const person = world.identities.all().find((one) => String(one.card.id) === card.id)?.person;
  if (told.includes('number')) expect(answer.claims.number).toBe(person?.number);
};

export const redeem = (scan: Scan): Command =>
  command(
    `redeem ${JSON.stringify(scan)}`,
    async (model, service) => {
      const showing = model.showings.at(-1 - (scan.showing % model.showings.length));
      if (!showing) return { due: 'none', heard: 'none' };
      const isNumberless = scan.by.endsWith('number') && !aliasOf(showing, scan.by);
      const as: Scan = isNumberless ? { ...scan, by: 'code' } : scan;
      const purpose = as.purpose ?? showing.opened?.purpose ?? 'parcel-pickup';
      const reply = await scanned(service, showing, as, purpose);
      const heard = codeOf(reply);
      const may = granted(as.terminal, purpose, as.asked);
      if (typeof may === 'string') return { due: may, heard };
      const hit = found(model, showing, as.by);
      if (!hit) return { due: 'code_not_recognised', heard };
      const before = showing.redeemed;
      if (before) {
        const isAgain = before.terminal === as.terminal && before.request === as.request;
        if (!isAgain || model.now >= before.at + REPEAT_MS) return { due: 'code_already_used', heard };
        if (reply.ok) expect(reply.value).toEqual(before.reply);
        return { due: 'ok', heard };
      }
      const fault = faultOf(model, hit, as, purpose);
      if (fault) return { due: fault, heard };
      if (reply.ok) {
        checkReleased(service, reply.value.answer, hit, may);
        showing.redeemed = { terminal: as.terminal, request: as.request, at: model.now, reply: reply.value };
        hit.card.told.checks += 1;
      }
      return { due: 'ok', heard };
    },
    ({ showings }) => showings.length > 0,
  );

const terminal = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.nat(terminals.length - 1) },
);
const purpose = fc.oneof(
  fc.constantFrom<PurposeId>('parcel-pickup', 'age-check', 'train-ticket'),
  fc.constantFrom(...purposeIds),
);
const asked = fc.constantFrom<Asked>('all', 'all', 'all', 'first', 'too much');

const scan: fc.Arbitrary<Scan> = fc.record({
  terminal,
  showing: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(5) }),
  purpose: fc.option(purpose, { freq: 1, nil: null }).map((one) => one),
  asked,
  age: fc.constantFrom(0, 0, 0, 0, 20, 40, -40),
  request: fc.nat(2),
  by: fc.constantFrom<Scan['by']>('code', 'code', 'code', 'forged code', 'number', 'old number'),
});

/** A scan that nothing speaks against: by a terminal, of the newest showing. */
export const plainScan: Scan = {
  terminal: 0,
  showing: 0,
  purpose: null,
  asked: 'all',
  age: 0,
  request: 0,
  by: 'code',
};
export const redeemCommands: readonly fc.Arbitrary<Command>[] = [
  scan.map(redeem),
  fc.tuple(terminal, fc.nat(1)).map(([at, request]) => redeem({ ...plainScan, terminal: at, request })),
];
