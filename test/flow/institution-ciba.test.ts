import * as oauth from 'openid-client';
import {
  instant,
  parseCounterCode,
  parseCredential,
  validators,
  verifyReceipt,
  type AskAnswer,
  type ClaimCounterReply,
} from '../../protocol';
import { verifySignature } from '../../cloudfunctions/_adapters/crypto/es256';
import { readPublicIssuerKeys } from '../../cloudfunctions/_adapters/crypto/issuer-keys';
import { loadSecrets, publicKeySetOf } from '../../local/ecosystem/secrets';
import { askedHolder, type AskedHolder } from '../support/ecosystem/asked-holder';
import { deleteAccount } from '../support/ecosystem/deletion';
import { accepted, refusal } from '../support/ecosystem/client';
import { databaseOf } from '../support/ecosystem/database';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { enrol, type EnrolledHolder } from '../support/ecosystem/enrolment';
import { picturesOf } from '../support/ecosystem/pictures';
import { askBy, faultOf, pollBy } from '../support/institution/asking';
import {
  grantTo,
  RAILWAY,
  startBankServer,
  startPartnerServer,
  type PartnerServer,
} from '../support/institution/servers';

const PURPOSE = 'parcel-pickup';

let world: EcosystemUnderTest;
let bank: PartnerServer;
let railway: PartnerServer;
let enrolled: EnrolledHolder;
let holder: AskedHolder;

beforeAll(async () => {
  world = await startEcosystemUnderTest();
  await grantTo(world, 'sample-bank', PURPOSE, 'exam-entry', 'bank-account-opening');
  await grantTo(world, 'sample-railway', PURPOSE);
  [bank, railway] = await Promise.all([startBankServer(world), startPartnerServer(world, RAILWAY)]);
  enrolled = await enrol(world.client('oHolderWhoIsAsked'), picturesOf('lin-zhiyuan'));
  holder = askedHolder(enrolled);
}, START_TIMEOUT);
afterAll(() => world.close());

/** Asks by a number that the holder reads out, and has their phone find it. */
const askByNumber = async (more: Readonly<Record<string, string>> = {}, server = bank) => {
  const number = await holder.readOut();
  const opened = await askBy(server, { purpose: PURPOSE, login_hint: number, ...more });
  const session = await holder.find(number);
  if (session === null) throw new Error('the phone has found no ask');
  return { opened, session };
};

const told = async (server = bank): Promise<oauth.IDToken> => {
  const { opened, session } = await askByNumber({}, server);
  await holder.agree(session, await holder.claim(session));
  const claims = (await pollBy(server, opened)).claims();
  if (!claims) throw new Error('no ID token');
  return claims;
};

describe('a bank that asks a holder by a number', () => {
  let asked: ClaimCounterReply;
  let claims: oauth.IDToken;

  it('is told name and number by the holder’s consent, and waits for it as its library does', async () => {
    const { opened, session } = await askByNumber({ binding_message: '领取 42' });
    expect(await faultOf(pollBy(bank, opened))).toMatchObject({ error: 'authorization_pending' });
    asked = await holder.claim(session);
    expect(asked).toMatchObject({ purpose: PURPOSE, ask: { bindingMessage: '领取 42', presentation: null } });
    await holder.agree(session, asked);
    const tokens = await oauth.pollBackchannelAuthenticationGrant(bank.config, opened, undefined, { DPoP: bank.DPoP });
    const found = tokens.claims();
    if (!found) throw new Error('no ID token');
    claims = found;
    const { iss, aud, sub, exp: _exp, iat: _iat, ...answer } = claims;
    expect({ iss, aud }).toEqual({ iss: world.cloud.url, aud: 'sample-bank-server' });
    expect(sub).toMatch(/^[\w-]{43}$/);
    if (!validators.AskAnswer(answer)) throw new Error(JSON.stringify(answer));
    expect(answer).toMatchObject({ acr: 'urn:wechat-id:tier:light', amr: ['swk'] });
    expect(Object.keys(answer.verified_claims.claims).sort()).toEqual(['masked_name', 'masked_number']);
    // This once: there is nothing to ask later by.
    expect(answer).not.toHaveProperty('consent_until');
    expect(answer).not.toHaveProperty('card_reference');
    // The token beside it is bound, is for `openid` alone, and opens nothing here.
    expect(tokens).toMatchObject({ scope: 'openid', token_type: 'dpop' });
    const self = new URL('/institution/self', world.cloud.url);
    const { config, DPoP } = bank;
    const opening = oauth.fetchProtectedResource(config, tokens.access_token, self, 'GET', null, undefined, { DPoP });
    await expect(opening).rejects.toMatchObject({ code: 'OAUTH_WWW_AUTHENTICATE_CHALLENGE' });
    expect(await faultOf(pollBy(bank, opened))).toMatchObject({ error: 'invalid_grant' });
  }, 60_000);

  it('can prove the check by its receipt, and the holder finds it in the history', async () => {
    const keys = readPublicIssuerKeys(publicKeySetOf(loadSecrets(world.dataDir).receiptKeys));
    const expected = {
      expectedIssuer: world.cloud.url,
      keys: keys.trusted(instant(Date.now())),
      verify: verifySignature,
    };
    const { receipt, verified_claims: verified } = claims as unknown as AskAnswer;
    const { verification_process: id } = verified.verification;
    expect(verifyReceipt(receipt, expected)).toMatchObject({ ok: true, receipt: { eventId: id } });
    const reply = enrolled.client.ask('holder', { action: 'listHistory' });
    const { entries } = await accepted(reply, validators.ListHistoryReply);
    expect(entries).toContainEqual(expect.objectContaining({ kind: 'card_checked', id, purpose: PURPOSE }));
  });

  it('knows the holder by one name, which no other partner has', async () => {
    expect((await told()).sub).toBe(claims.sub);
    expect((await told(railway)).sub).not.toBe(claims.sub);
  });

  it('has its answer wait sealed, and nothing of it left once it was fetched', async () => {
    const { opened, session } = await askByNumber();
    await holder.agree(session, await holder.claim(session));
    const stored = async () => {
      const { data } = (await databaseOf(world.cloud).collection('counter_sessions').doc(session).get()) as {
        data: { release?: unknown }[];
      };
      return data[0];
    };
    expect(await stored()).toHaveProperty('release');
    expect(JSON.stringify(await stored())).not.toContain('林');
    await pollBy(bank, opened);
    expect(await stored()).not.toHaveProperty('release');
  });
});

describe('a teller’s screen', () => {
  it('shows a code, and the bank gets the credential itself, bound to its nonce', async () => {
    const nonce = 'of-the-bank-0123456789';
    const opened = await askBy(bank, {
      ...{ purpose: 'parcel-pickup', login_hint: 'scan', presentation_nonce: nonce },
      claims: JSON.stringify({
        id_token: {
          verified_claims: { verification: { trust_framework: null }, claims: { masked_name: null } },
        },
      }),
    });
    const session = parseCounterCode(opened['scan_code'] as string) ?? '';
    const asked = await holder.claim(session);
    expect(asked.claims).toEqual(['masked_name']);
    expect(asked.ask?.presentation).toEqual({ nonce, audience: 'sample-bank-server' });
    await holder.agree(session, asked);
    const answer = (await pollBy(bank, opened)).claims() ?? {};
    const presented = (answer as Record<string, unknown>)['vp_token'] as string;
    // What the credential does not carry, as a masked name, it does not disclose.
    const parsed = parseCredential(presented.slice(0, presented.lastIndexOf('~') + 1));
    expect(parsed?.disclosures).toEqual([]);
  });
});

describe('an ask that comes to nothing', () => {
  it('is declined', async () => {
    const { opened, session } = await askByNumber();
    await holder.claim(session);
    await holder.decline(session);
    expect(await faultOf(pollBy(bank, opened))).toMatchObject({ error: 'access_denied' });
  });

  it('is over when its time is', async () => {
    const { opened, session } = await askByNumber({ requested_expiry: '60' });
    const past = Date.now() - 1;
    const sessions = databaseOf(world.cloud).collection('counter_sessions');
    await sessions.doc(session).update({ expiresAt: past, 'ask.expiresAt': past });
    expect(await faultOf(pollBy(bank, opened))).toMatchObject({ error: 'expired_token' });
    const late = enrolled.client.ask('holder', { action: 'claimCounter', session });
    expect(await refusal(late)).toMatchObject({ code: 'session_over' });
  });

  it('is hindered where a full card is wanted', async () => {
    const { opened, session } = await askByNumber({ acr_values: 'full' });
    expect(await refusal(enrolled.client.ask('holder', { action: 'claimCounter', session }))).toMatchObject({
      code: 'tier_too_low',
    });
    const fault = await faultOf(pollBy(bank, opened));
    expect(fault).toMatchObject({ error: 'unmet_authentication_requirements' });
    expect(fault.text).toMatch(/^tier_too_low: /);
  });

  it.each([
    ['purpose_not_registered', { purpose: 'age-check' }],
    [
      'claims_not_granted',
      {
        claims: '{"id_token":{"verified_claims":{"verification":{"trust_framework":null},"claims":{"address":null}}}}',
      },
    ],
  ])('is denied as %s', async (code, more) => {
    const fault = await faultOf(askBy(bank, { purpose: PURPOSE, ...more }));
    expect(fault).toMatchObject({ status: 400, error: 'access_denied' });
    expect(fault.text).toMatch(new RegExp(`^${code}: `));
  });

  it('is fetched by no other client', async () => {
    const { opened, session } = await askByNumber();
    await holder.agree(session, await holder.claim(session));
    expect(await faultOf(pollBy(railway, opened))).toMatchObject({ error: 'invalid_grant' });
    expect((await pollBy(bank, opened)).claims()).toBeDefined();
  });

  it('is over where the holder has everything deleted before it is fetched', async () => {
    const { opened, session } = await askByNumber();
    await holder.agree(session, await holder.claim(session));
    await deleteAccount(enrolled);
    expect(await faultOf(pollBy(bank, opened))).toMatchObject({ error: 'expired_token' });
  });
});
