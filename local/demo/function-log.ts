import type { FunctionLogLine } from '../cloud';
import type { Findings } from './report';

/** What the functions logged: the scores stay in the service, so the story reads them where an operator would. */
export interface FunctionLog {
  readonly collect: (line: FunctionLogLine) => void;
  /** Scores and bands of the last comparison. */
  readonly faceFindings: () => Findings;
}

const entryOf = (line: string): Record<string, unknown> | null => {
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : null;
  } catch {
    return null;
  }
};

const rounded = (value: unknown): number | null => (typeof value === 'number' ? Math.round(value * 1000) / 1000 : null);

/** Keeps the latest entry of each kind. */
export const createFunctionLog = (): FunctionLog => {
  const latest = new Map<unknown, Record<string, unknown>>();
  return {
    collect: ({ line }) => {
      const entry = entryOf(line);
      if (entry) latest.set(entry['event'], entry);
    },
    faceFindings: () => {
      const selfie = latest.get('SELFIE_MEASURED');
      const face = latest.get('FACE_COMPARED');
      const authority = latest.get('AUTHORITY_ANSWERED');
      return {
        similarity: rounded(face?.['similarity']),
        band: typeof face?.['band'] === 'string' ? face['band'] : null,
        authorityScore: rounded(authority?.['similarity']),
        eyeDistance: rounded(selfie?.['eyeDistance']),
        sharpness: rounded(selfie?.['sharpness']),
        live: rounded(selfie?.['live']),
      };
    },
  };
};
