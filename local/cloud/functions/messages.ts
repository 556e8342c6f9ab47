/** What the server tells a function instance: one call, sent only when the instance is ready and idle. */
export interface CallMessage {
  readonly requestId: string;
  readonly event: unknown;
  /** Set into the instance's environment for this call and, as in the cloud, never cleared. */
  readonly environment: Readonly<Record<string, string>>;
  readonly context: Readonly<Record<string, string | number | boolean>>;
  readonly maxReplyBytes: number;
}

/** What a function instance tells the server. */
export type InstanceMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unloadable'; readonly error: string }
  | { readonly kind: 'result'; readonly json: string }
  | { readonly kind: 'failure'; readonly error: string };

/** Begins a line that names the request to which the output after it belongs. */
export const REQUEST_MARK = '\u0000request ';
