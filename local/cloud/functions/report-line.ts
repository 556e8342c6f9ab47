/** How a call went. */
export interface CallReport {
  readonly requestId: string;
  /** How long the function ran, without what it waited for an instance. */
  readonly durationMs: number;
  readonly memoryMb: number;
  /** Undefined where memory cannot be measured. */
  readonly peakBytes: number | undefined;
  /** Undefined for a call of a warm instance. */
  readonly coldStartMs: number | undefined;
  /** `OK`, or the code of the refusal. */
  readonly outcome: string;
}

/** The line that closes the log of a call, with the fields that the cloud's has, and how it ended. */
export function reportLine(report: CallReport): string {
  const { requestId, durationMs, memoryMb, peakBytes, coldStartMs, outcome } = report;
  const used = peakBytes === undefined ? '' : ` MemUsage:${(peakBytes / 1024 / 1024).toFixed(2)}MB`;
  const cold = coldStartMs === undefined ? '' : ` Coldstart:${String(Math.round(coldStartMs))}ms`;
  return `Report RequestId:${requestId} Duration:${durationMs.toFixed(2)}ms Memory:${String(memoryMb)}MB${used}${cold} ${outcome}`;
}
