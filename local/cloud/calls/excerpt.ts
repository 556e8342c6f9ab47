const MAX_TEXT = 1000;
const MAX_LENGTH = 4000;

/** What the SDK sends with every action beside its arguments; tokens are among it. */
const ENVELOPE = new Set([
  'action',
  'envName',
  'wxCloudApiToken',
  'wxCloudbaseAccesstoken',
  'tcb_sessionToken',
  'sessionToken',
  'crossAuthorizationToken',
]);

/** A value as JSON, cut to what a developer reads at a glance: long texts first, then the whole. */
export function excerpt(value: unknown): string {
  // A value without JSON, such as undefined, gives undefined.
  const json = (JSON.stringify(value, cutText) as string | undefined) ?? '';
  return json.length <= MAX_LENGTH ? json : `${json.slice(0, MAX_LENGTH)}…`;
}

/** The arguments of an action, without the envelope that every action has. */
export function argumentsOf(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !ENVELOPE.has(name)));
}

function cutText(_name: string, value: unknown): unknown {
  if (typeof value !== 'string' || value.length <= MAX_TEXT) return value;
  return `${value.slice(0, MAX_TEXT)}… (${String(value.length)} characters)`;
}
