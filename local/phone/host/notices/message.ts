/** A subscribe message, as the super-app has it of its servers. */
export interface Message {
  /** Grows with every message. */
  readonly id: number;
  /** The template's. */
  readonly title: string;
  /** The template's fields, in its order. */
  readonly lines: readonly { readonly label: string; readonly value: string }[];
  /** The page of the mini-program that it opens, with its query. */
  readonly page: string;
  /** In milliseconds since 1970. */
  readonly sentAt: number;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isLine = (value: unknown): value is Message['lines'][number] =>
  isRecord(value) && typeof value['label'] === 'string' && typeof value['value'] === 'string';

const isMessage = (value: unknown): value is Message =>
  isRecord(value) &&
  Number.isSafeInteger(value['id']) &&
  typeof value['title'] === 'string' &&
  typeof value['page'] === 'string' &&
  typeof value['sentAt'] === 'number' &&
  Array.isArray(value['lines']) &&
  value['lines'].every(isLine);

/** Reads an answer of the cloud's. @returns null where it is none */
export const readMessages = (answer: unknown): readonly Message[] | null => {
  const messages = isRecord(answer) ? answer['messages'] : null;
  return Array.isArray(messages) && messages.every(isMessage) ? messages : null;
};
