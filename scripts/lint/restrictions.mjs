/**
 * What the rooms must not say, as options of `no-restricted-syntax` and `no-restricted-globals`. ESLint replaces a rule's options
 * where two blocks set them, so a block composes all that holds in its room from these lists.
 */

/** A core that reads a clock or a die cannot be tested twice with one outcome: it takes both as ports. */
export const clockAndChance = [
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'This room has no clock: take the instant as a parameter.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'This room has no clock: take the instant as a parameter.',
  },
  {
    selector: "CallExpression[callee.name='Date']",
    message: 'This room has no clock: take the instant as a parameter.',
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'This room has no randomness: take the bytes as a parameter.',
  },
];

/** Whoever may invoke a function can put any open id into its event. */
const callerField = '/^(openid|openId|OPENID|userInfo)$/';
const callerMessage = "The caller comes from this invocation's context, never from its event.";
export const callerFromEvent = [
  { selector: `MemberExpression[object.name='event'][property.name=${callerField}]`, message: callerMessage },
  {
    selector: `MemberExpression[object.name='event'][computed=true][property.value=${callerField}]`,
    message: callerMessage,
  },
  {
    selector: `VariableDeclarator[init.name='event'] > ObjectPattern > Property[key.name=${callerField}]`,
    message: callerMessage,
  },
];

/** `Math.random` is nobody's secret: no room draws an id, a key or a challenge from it. */
export const weakChance = [
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message:
      'Math.random can be predicted: use node:crypto, or a seeded generator where a test or a drawing needs one.',
  },
];

/**
 * Node 20 stands still for ever where a key object is exported or signs while the collector takes the job that made it: both want one
 * lock, on one thread. A key that leaves its job encoded, and is read again, shares no lock with it.
 */
export const keyOfJob = [
  {
    selector:
      "CallExpression[callee.name=/^generateKeyPair(Sync)?$/]:not(:has(Property[key.name='privateKeyEncoding']))",
    message:
      'Node may deadlock on a key object that shares its lock with the job that made it: ask for the keys encoded, and read them.',
  },
];

/** Hosts of the pure rooms: the compiler knows none of them either, this says it in plain words. */
export const hostGlobals = ['wx', 'process', 'Buffer', 'console', 'performance', 'crypto', 'globalThis'].map(
  (name) => ({
    name,
    message: 'This room runs on phone and server alike and names no host: take what it needs as a parameter.',
  }),
);

export const wxGlobal = [
  { name: 'wx', message: 'Only miniprogram/platform speaks to WeChat: call it through a service.' },
];
