/** What one step of the story found: plain values, in the order in which they are told. */
export type Findings = Readonly<Record<string, string | number | boolean | null | readonly string[] | object>>;

/** Tells the story, step by step. */
export interface Report {
  readonly step: (step: string, title: string, ms: number, findings: Findings, drawing?: string) => void;
  readonly refused: (step: string, ms: number, code: string, words: string, findings: Findings) => void;
  readonly note: (words: string) => void;
}

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** One JSON object a line: `{"step", "ok", "ms", …}`. */
export const jsonReport: Report = {
  step: (step, _title, ms, findings) => {
    say(JSON.stringify({ step, ok: true, ms, ...findings }));
  },
  refused: (step, ms, code, words, findings) => {
    say(JSON.stringify({ step, ok: false, ms, code, words, ...findings }));
  },
  note: (words) => {
    process.stderr.write(`${words}\n`);
  },
};

const isReading = (value: unknown): value is { readonly value: string; readonly confidence: number } =>
  typeof value === 'object' && value !== null && 'value' in value && 'confidence' in value;

const shown = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.join(', ');
  return isReading(value) ? `${value.value}  (${value.confidence.toFixed(3)})` : JSON.stringify(value);
};

const lines = (findings: Findings): void => {
  const width = Math.max(0, ...Object.keys(findings).map((key) => key.length));
  for (const [key, value] of Object.entries(findings)) say(`    ${key.padEnd(width)}  ${shown(value)}`);
};

const head = (mark: string, title: string, ms: number): void => {
  say(`${mark} ${title}  ${String(ms)} ms`);
};

const areFindings = (value: Findings[string] | undefined): value is Findings =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** For people: a line a step, what it found below it. */
export const plainReport: Report = {
  step: (_step, title, ms, findings, drawing) => {
    head('✓', title, ms);
    const { fields, ...others } = findings;
    lines(areFindings(fields) ? { ...others, ...fields } : findings);
    if (drawing !== undefined) say(drawing.replace(/^/gm, '    '));
  },
  refused: (step, ms, code, words, findings) => {
    head('✗', `${step}: refused, ${code}`, ms);
    lines({ 'what to do': words, ...findings });
  },
  note: say,
};
