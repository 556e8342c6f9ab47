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
import { done, type Result } from '../result';
import { asOperator, type OperatorPorts } from './operator';
import type { RecordOperatorAct } from './operator-act';
import { operatorAct } from './propose';
import { countFigures, levelOf, type CountPorts } from './stored-faces';

/** What an operator or a partner did, as the log keeps it. */
export interface AuditEntry {
  readonly id: EventId;
  readonly at: Instant;
  /** 16 bytes as base64url. */
  readonly salt: string;
  /** JSON, byte for byte as the event's leaf was made from it and the salt. */
  readonly content: string;
}

export interface OversightPorts extends OperatorPorts, CountPorts {
  readonly now: Now;
  readonly randomBytes: RandomBytes;
  /** The newest acts before a position: by time, and by id where the times are equal. */
  readonly listAudit: (
    before: { readonly at: Instant; readonly id: EventId } | null,
    limit: number,
  ) => Promise<readonly AuditEntry[]>;
  readonly recordOperatorAct: RecordOperatorAct;
}

/** Figures without a person in them. Refuses `not_permitted`. */
export const getFigures = (ports: OversightPorts, account: AccountKey): Promise<Result<GetFiguresReply>> =>
  asOperator(ports, account, 'seeFigures', async () => {
    const figures = await countFigures(ports);
    return done({ ok: true, ...figures, facesLevel: levelOf(figures.storedFaces) });
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
