import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { connect } from './client.mjs';

const USAGE = `usage: node examples/first-steps/main.mjs --issuer <url>/sandbox --client-id NAME --key FILE.json
       [--purpose PURPOSE] [--all]`;

/** The first test person: an adult with a full card, who agrees. */
const ADULT = '900000001';

/** What docs/sandbox.md has: the numbers that decide what becomes of an ask … */
const numbers = [
  ...[
    '900000001',
    '900000002',
    '900000003',
    '900000004',
    '900000005',
    '900000006',
    '900000007',
    '900000008',
    '900000009',
  ],
  ...['900000010', '900000011', '900000020', '900000021', '900000022'],
  ...['900000030', '900000031', '900000032', '900000033', '900000040', '900000041'],
];
/** … those of them that nobody answers, so that they are asked for a second only … */
const unanswered = ['900000021', '900000022'];
/** … and the codes that decide what becomes of a check. */
const codes = [
  ...['SANDBOX-ADULT', 'SANDBOX-LIGHT', 'SANDBOX-CHILD', 'SANDBOX-SPARSE'],
  ...[
    'SANDBOX-SUSPENDED-LATER',
    'SANDBOX-REVOKED-LATER',
    'SANDBOX-EXPIRED-LATER',
    'SANDBOX-DELETED-LATER',
    'SANDBOX-WITHDRAWN-LATER',
  ],
  ...['SANDBOX-CODE-NOT-RECOGNISED', 'SANDBOX-CODE-EXPIRED', 'SANDBOX-CODE-ALREADY-USED'],
  ...['SANDBOX-PURPOSE-MISMATCH', 'SANDBOX-OTHER-TERMINAL', 'SANDBOX-COUNTER-NEEDED', 'SANDBOX-TIER-TOO-LOW'],
  ...['SANDBOX-SUSPENDED', 'SANDBOX-REVOKED', 'SANDBOX-EXPIRED', 'SANDBOX-QUOTA-USED', 'SANDBOX-TOO-MANY-REQUESTS'],
  ...['SANDBOX-WRONG-STEP', 'SANDBOX-INTERNAL'],
];

const say = (line) => process.stdout.write(`${line}\n`);
const sayOutcome = (input, outcome) => say(`${input.padEnd(30)}${outcome}`);

const firstSteps = async (client, purpose) => {
  say('1. A token, bound to a key of this program:');
  const token = await client.token();
  say(`   ${token.slice(0, 8)}…`);
  say('2. What the service knows of this server:');
  say(`   ${JSON.stringify(await client.self(token))}`);
  say(`3. Asking the test person ${ADULT} for what the server is registered for. It takes a few seconds:`);
  const answer = await client.ask({ login_hint: ADULT, purpose });
  say(answer.ok ? JSON.stringify(answer.claims, null, 2) : `   ${answer.refusal}`);
};

const askOf = async (client, purpose, number) => {
  const seconds = unanswered.includes(number) ? { requested_expiry: '1' } : {};
  const answer = await client.ask({ login_hint: number, purpose, ...seconds });
  if (!answer.ok) return answer.refusal;
  const { verified_claims: verified, card_reference: reference } = answer.claims;
  const name = verified.claims.name ?? verified.claims.masked_name ?? '';
  const status = reference ? await client.cardStatus(await client.token(), reference) : 'not asked after';
  return `told ${name}, the card then ${status}`;
};

const checkOf = async (client, purpose, code) => {
  const token = await client.token();
  // Each its own counter, so that none meets another's session.
  const counter = code.toLowerCase().slice(0, 40);
  await client.openCounter(token, { purpose, counter });
  const { status, body } = await client.verify(token, randomUUID(), { code, purpose, counter });
  if (status !== 200) return `${status} ${body.code}`;
  const name = body.claims.name ?? body.claims.masked_name ?? '';
  return `told ${name}, the card then ${await client.cardStatus(token, body.reference)}`;
};

const everything = async (client, purpose) => {
  say('Every number, all asked at the same time:');
  const asked = numbers.map(async (number) => [number, await askOf(client, purpose, number)]);
  for (const outcome of asked) sayOutcome(...(await outcome));
  say('Every code:');
  for (const code of codes) sayOutcome(code, await checkOf(client, purpose, code));
};

const main = async () => {
  const { values } = parseArgs({
    options: {
      issuer: { type: 'string' },
      'client-id': { type: 'string' },
      key: { type: 'string' },
      purpose: { type: 'string', default: 'bank-account-opening' },
      all: { type: 'boolean', default: false },
    },
  });
  const { issuer, key, purpose, 'client-id': clientId } = values;
  if (!issuer || !clientId || !key) throw new Error(USAGE);
  const client = await connect({ issuer, clientId, key: JSON.parse(readFileSync(key, 'utf8')) });
  await (values.all ? everything(client, purpose) : firstSteps(client, purpose));
};

main().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
