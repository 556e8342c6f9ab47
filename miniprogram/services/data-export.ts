import { createOrderStatement, type ExportDataReply, type ExportedEvent, type ExportedRecord } from '../protocol';
import { withStorage, type Called } from './call';
import { loadCardKey } from './card-key';
import { exportData, prepareExport } from './holder';

/** Everything that is stored of the holder. */
export interface DataExport {
  readonly format: ExportDataReply['format'];
  readonly madeAt: number;
  readonly record: ExportedRecord;
  /** Newest first. */
  readonly events: readonly ExportedEvent[];
}

/** The order to be told everything, signed by the card's key. Refused where this phone has no such key. */
const signOrder = (): Promise<Called<string>> =>
  withStorage(async () => {
    const key = await loadCardKey();
    if (!key) return { ok: false, error: { code: 'key_proof_invalid' } };
    const prepared = await prepareExport();
    if (!prepared.ok) return prepared;
    const { challenge } = prepared.reply;
    return { ok: true, reply: createOrderStatement('export', { challenge, holderKey: key.publicKey, sign: key.sign }) };
  });

/**
 * Fetches all pages of the export, under one signature of the card's key. Refused `key_proof_invalid` where this phone does not hold the
 * card.
 * @param onPage how many events are here so far
 */
export const fetchExport = async (onPage: (events: number) => void): Promise<Called<DataExport>> => {
  const signed = await signOrder();
  if (!signed.ok) return signed;
  const statement = signed.reply;
  const first = await exportData({ statement });
  if (!first.ok) return first;
  const { format, madeAt, record } = first.reply;
  if (!record) return { ok: false, error: { code: 'unreachable' } };
  const events = [...first.reply.events];
  let { next } = first.reply;
  while (next !== null) {
    onPage(events.length);
    const page = await exportData({ statement, before: next });
    if (!page.ok) return page;
    events.push(...page.reply.events);
    // Pages go back in time; one that does not would be asked for without end.
    next = page.reply.next !== null && page.reply.next < next ? page.reply.next : null;
  }
  return { ok: true, reply: { format, madeAt, record, events } };
};
