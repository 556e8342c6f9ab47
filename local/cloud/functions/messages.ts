/**
 * What becomes of a call's variables in a warm instance: `sticky` leaves them in `process.env` for the calls that come later, as the
 * vendor's own runner does; `clean` takes them out before the next call. That of the cloud is not documented.
 */
export type EnvironmentMode = 'sticky' | 'clean';

/** What the server tells a function instance: one call, sent only when the instance is ready and idle. */
export interface CallMessage {
  readonly requestId: string;
  readonly event: unknown;
  /** Set into the instance's environment for this call. */
  readonly environment: Readonly<Record<string, string>>;
  readonly environmentMode: EnvironmentMode;
  readonly context: Readonly<Record<string, string | number | boolean>>;
  readonly maxReplyBytes: number;
}

/** What a function instance tells the server; how a call went, by its request. */
export type InstanceMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unloadable'; readonly error: string }
  | { readonly kind: 'result'; readonly requestId: string; readonly json: string }
  | { readonly kind: 'failure'; readonly requestId: string; readonly error: string };

/** Begins a line that names the request to which the output after it belongs. */
export const REQUEST_MARK = '\u0000request ';
