import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as oidc from 'openid-client';
import { startEcosystem, type Ecosystem } from '../local/ecosystem/ecosystem';
import { institutionKeyOf } from '../local/ecosystem/institutions';
import { picturePath, samplePeople, type SamplePerson } from '../local/people';
import { heading, ratio } from './report';
import { median } from './timing';

/** How many numbers each person reads out: an account may draw twenty in an hour. */
const NUMBERS = 18;
const PEOPLE = 3;
const CLIENT = 'sample-bank-server';

type Phone = Awaited<ReturnType<Ecosystem['phone']>>;

const replyOf = async <Reply>(
  called: Promise<
    { readonly ok: true; readonly reply: Reply } | { readonly ok: false; readonly error: { readonly code: string } }
  >,
): Promise<Reply> => {
  const outcome = await called;
  if (!outcome.ok) throw new Error(`refused: ${outcome.error.code}`);
  return outcome.reply;
};

const enrol = async ({ enrolment, fingerprint }: Phone, person: SamplePerson): Promise<void> => {
  const picture = (name: 'card-front' | 'card-back' | 'selfie-1') => picturePath(person, name);
  const begun = await replyOf(enrolment.begin(['document', 'face']));
  await replyOf(enrolment.submitDocument(begun, picture('card-front'), picture('card-back')));
  const face = await replyOf(enrolment.submitSelfie(begun, picture('selfie-1')));
  if (face.outcome !== 'matched') throw new Error(`the face came to ${face.outcome}`);
  await fingerprint.bindFinger(begun, face.nonce, 'bind');
  await replyOf(enrolment.mint(begun, face.nonce));
};

/** The bank as a client of the provider. @returns what asks by nine digits, and takes as long as the provider does */
const connectBank = async (ecosystem: Ecosystem, dataDir: string): Promise<(number: string) => Promise<number>> => {
  const jwk = institutionKeyOf(dataDir, CLIENT);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const key = await crypto.subtle.importKey('jwk', { ...jwk }, algorithm, false, ['sign']);
  const authentication = oidc.PrivateKeyJwt({ key, kid: jwk.kid });
  const config = await oidc.discovery(new URL(ecosystem.cloud.url), CLIENT, {}, authentication, {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- this machine's cloud has no TLS
    execute: [oidc.allowInsecureRequests],
  });
  const request = { scope: 'openid', purpose: 'bank-account-opening', acr_values: 'full' };
  const claims = JSON.stringify({
    id_token: { verified_claims: { verification: { trust_framework: null }, claims: { name: null } } },
  });
  return async (number) => {
    const before = performance.now();
    await oidc.initiateBackchannelAuthentication(config, { ...request, claims, login_hint: number });
    return performance.now() - before;
  };
};

/** Nine digits that nobody has: of a thousand million there are at most a few dozen. */
const strangeNumber = (): string => String(randomInt(1e9)).padStart(9, '0');

/** Whether the time of an answer tells that a number is somebody's: both through the deployed function, in turns. */
export const benchEnumeration = async (): Promise<void> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'wechat-id-enumeration-'));
  const ecosystem = await startEcosystem({ dataDir, fresh: true });
  try {
    const ask = await connectBank(ecosystem, dataDir);
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    for (const person of samplePeople.slice(0, PEOPLE)) {
      const phone = await ecosystem.phone(`oBench-${person.id}`);
      await enrol(phone, person);
      await ask(strangeNumber());
      for (let round = 0; round < NUMBERS; round += 1) {
        const { number } = await replyOf(phone.openNumber());
        const known = async (): Promise<number> => times.known.push(await ask(number));
        const unknown = async (): Promise<number> => times.unknown.push(await ask(strangeNumber()));
        // Each goes first as often as the other.
        for (const one of round % 2 === 0 ? [known, unknown] : [unknown, known]) await one();
      }
    }
    heading('A bank asks by a number (medians through the deployed function)');
    ratio('a number of somebody’s', median(times.known), 'one of nobody’s', median(times.unknown), 'ms');
  } finally {
    await ecosystem.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
};
