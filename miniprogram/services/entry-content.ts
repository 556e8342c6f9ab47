import type { HistoryEntry } from '../protocol';

type Dated = Exclude<HistoryEntry, { readonly kind: 'entry_missing' }>;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** What an event was committed to with: null where the text is none. */
export const readContent = (
  content: string,
): { readonly id: unknown; readonly at: unknown; readonly happening: Readonly<Record<string, unknown>> } | null => {
  const parsed = parse(content);
  if (!isRecord(parsed) || !isRecord(parsed['happening'])) return null;
  return { id: parsed['id'], at: parsed['at'], happening: parsed['happening'] };
};

/** What an entry has beside its event: its place in the history, names of shops, and what staff said later. */
const beside: readonly string[] = ['id', 'at', 'number', 'partner', 'look'];

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * Whether an entry of the history says what its event was committed to with: the same event, the same time, and everything else that
 * a screen tells of it. A shop's name is looked up later, by the id that was committed to.
 */
export const agrees = (entry: Dated, content: string): boolean => {
  const read = readContent(content);
  if (read?.id !== entry.id || read.at !== entry.at) return false;
  return Object.entries(entry).every(([name, told]) => beside.includes(name) || isSame(told, read.happening[name]));
};
