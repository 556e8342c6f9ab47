import { make } from './elements';
import type { StageWords } from './words';

const MOST_LINES = 300;

export interface Log {
  readonly element: HTMLElement;
  readonly functionLine: (line: unknown) => void;
  readonly fault: (phone: string, message: string) => void;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const pretty = (text: string): string => {
  try {
    const entry: unknown = JSON.parse(text);
    if (!isRecord(entry)) return text;
    return Object.entries(entry)
      .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
      .join('  ');
  } catch {
    return text;
  }
};

/** What the functions logged and what went wrong on the phones, newest last. */
export const createLog = (words: StageWords): Log => {
  const lines = make('ol', 'log-lines');
  lines.tabIndex = 0;
  lines.setAttribute('aria-label', words.log);
  const empty = make('p', 'log-empty', words.logEmpty);
  const add = (className: string, source: string, text: string): void => {
    empty.hidden = true;
    const atEnd = lines.scrollHeight - lines.scrollTop - lines.clientHeight < 40;
    lines.append(make('li', className, make('b', '', source), ` ${text}`));
    while (lines.children.length > MOST_LINES) lines.firstElementChild?.remove();
    if (atEnd) lines.scrollTop = lines.scrollHeight;
  };
  const element = make('details', 'panel-part', make('summary', 'panel-title', words.log), empty, lines);
  element.open = true;
  return {
    element,
    functionLine: (line) => {
      const { function: name, line: text } = isRecord(line) ? line : {};
      if (typeof name === 'string' && typeof text === 'string') add('log-line', name, pretty(text));
    },
    fault: (phone, message) => add('log-fault', `${words.faults}: ${phone}`, message),
  };
};
