import { eventId, instant } from '../../../protocol';
import type {
  AccountKey,
  EventId,
  GetFiguresReply,
  Instant,
  ListAuditReply,
  ListAuditRequest,
} from '../../../protocol';
import type { Now, RandomBytes } from '../ambient-ports';
import type { Identity } from '../card/identity';
import type { Case } from '../enrolment/case';
import { done, type Result } from '../result';
import { asOperator, type OperatorPorts } from './operator';
import type { RecordOperatorAct } from './operator-act';
import { operatorAct } from './propose';

type CardOf = Identity['card'];

/** What an operator or a partner did, as the log keeps it. */
export interface AuditEntry {
  readonly id: EventId;
  readonly at: Instant;
  /** JSON of what happened. */
  readonly content: string;
}

export interface OversightPorts extends OperatorPorts {
  readonly now: Now;
  readonly randomBytes: RandomBytes;
  readonly countCasesIn: (state: Case['state']) => Promise<number>;
  readonly countCards: (status: CardOf['status'], tier: CardOf['tier']) => Promise<number>;
  /** The newest acts before a position: by time, and by id where the times are equal. */
  readonly listAudit: (
    before: { readonly at: Instant; readonly id: EventId } | null,
    limit: number,
  ) => Promise<readonly AuditEntry[]>;
  readonly recordOperatorAct: RecordOperatorAct;
}

/**
 * Stored faces that are to be reported to the authority within 30 working days.
 * Measures for the Security Management of Facial Recognition Technology, article 15, in force since 1 June 2025.
 */
const REPORTED_FACES = 100_000;
/** From how many on an alarm says that they are near. */
const NEAR_FACES = 80_000;

/** How near the number of stored faces is to what must be reported. */
export const levelOf = (faces: number): GetFiguresReply['facesLevel'] =>
  faces >= REPORTED_FACES ? 'reached' : faces >= NEAR_FACES ? 'near' : 'below';

/** All states of a case; of the first few, the case keeps a portrait. */
const statesWithFace = ['documentRead', 'faceMatched', 'inReview', 'appealable'] as const;
const states = [...statesWithFace, 'started', 'minted', 'refused', 'expired'] as const;
const statuses = ['valid', 'suspended', 'revoked'] as const;
const tiers = ['light', 'full'] as const;

/** Figures without a person in them. Refuses `not_permitted`. */
export const getFigures = (ports: OversightPorts, account: AccountKey): Promise<Result<GetFiguresReply>> =>
  asOperator(ports, account, 'seeFigures', async () => {
    const cases = await Promise.all(states.map(async (state) => ({ state, count: await ports.countCasesIn(state) })));
    const kinds = statuses.flatMap((status) => tiers.map((tier) => ({ status, tier })));
    const cards = await Promise.all(
      kinds.map(async ({ status, tier }) => ({ status, tier, count: await ports.countCards(status, tier) })),
    );
    const inCases = cases.filter(({ state }) => statesWithFace.some((one) => one === state));
    const storedFaces = [...inCases, ...cards].reduce((sum, { count }) => sum + count, 0);
    return done({ ok: true, cases, cards, storedFaces, facesLevel: levelOf(storedFaces) });
  });

/** How many entries a page of the audit has. */
const PAGE = 50;

/** What was done, newest first; who reads it leaves an entry as well. Refuses `not_permitted`. */
export const listAudit = (
  ports: OversightPorts,
  account: AccountKey,
  { before }: ListAuditRequest,
): Promise<Result<ListAuditReply>> =>
  asOperator(ports, account, 'seeAudit', async (operator) => {
    await ports.recordOperatorAct(operatorAct(ports, operator.id, { kind: 'audit_read' }));
    const position = before ? { at: instant(before.at), id: eventId(before.id) } : null;
    const found = await ports.listAudit(position, PAGE + 1);
    const entries = found.slice(0, PAGE);
    const last = entries.at(-1);
    return done({ ok: true, entries, next: found.length > PAGE && last ? { at: last.at, id: last.id } : null });
  });
