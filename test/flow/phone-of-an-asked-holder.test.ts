import { IDENTITY_CARD_VCT } from '../../cloudfunctions/_adapters/crypto/credential-issuer';
import { sha256, verifySignature } from '../../cloudfunctions/_adapters/crypto/es256';
import { readPublicIssuerKeys } from '../../cloudfunctions/_adapters/crypto/issuer-keys';
import { loadSecrets, publicKeySetOf } from '../../local/ecosystem/secrets';
import { picturePath } from '../../local/people';
import type { HeadlessPhone } from '../../local/phone/headless/headless-phone';
import { instant, parseCredential, sessionHandle, verifyPresentation } from '../../protocol';
import { codeOf, hoped } from '../support/ecosystem/called';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { person } from '../support/ecosystem/pictures';
import { askBy, faultOf, pollBy } from '../support/institution/asking';
import { BANK, grantTo, startBankServer, type PartnerServer } from '../support/institution/servers';

const PERSON = person('lin-zhiyuan');
const NONCE = 'of-the-bank-0123456789';
/** It asks for the face, and for what the credential carries. */
const PURPOSE = 'exam-entry';

let world: EcosystemUnderTest;
let bank: PartnerServer;
let phone: HeadlessPhone;

beforeAll(async () => {
  world = await startEcosystemUnderTest();
  await grantTo(world, 'sample-bank', PURPOSE, 'parcel-pickup');
  bank = await startBankServer(world);
  phone = await world.phone('oHolderWhoIsAskedOnAPhone');
  const enrolment = await hoped(phone.enrolment.begin());
  const [front, back] = [picturePath(PERSON, 'card-front'), picturePath(PERSON, 'card-back')];
  await hoped(phone.enrolment.submitDocument(enrolment, front, back));
  const face = await hoped(phone.enrolment.submitSelfie(enrolment, picturePath(PERSON, 'selfie-2')));
  if (face.outcome !== 'matched') throw new Error(`the face came to ${face.outcome}`);
  await hoped(phone.enrolment.mint(enrolment, face.nonce));
}, START_TIMEOUT);
afterAll(() => world.close());

/** The bank asks by a number of the phone's, and the phone finds out what. */
const asked = async (more: Readonly<Record<string, string>>) => {
  const number = await hoped(phone.openNumber());
  expect(await hoped(number.find())).toBeNull();
  const opened = await askBy(bank, { login_hint: number.number, ...more });
  const session = await hoped(number.find());
  if (session === null) throw new Error('the phone has found no ask');
  const found = phone.askedBy(sessionHandle(session), await hoped(phone.claimCounter({ session })));
  if (!found) throw new Error('it is an ask');
  return { opened, found };
};

it('answers with the face that the purpose asks for, and with what the credential proves, however often it is sent', async () => {
  const { opened, found } = await asked({ purpose: PURPOSE, presentation_nonce: NONCE });
  expect(found).toMatchObject({
    stepUp: ['face'],
    portrait: false,
    ask: { presentation: { nonce: NONCE, audience: BANK } },
  });
  const steps: string[] = [];
  const selfie = picturePath(PERSON, 'selfie-1');
  const answer = await hoped(phone.prepareAnswer(found, { selfie, onStep: (step) => steps.push(step) }));
  const told = await hoped(answer.send());
  expect(await hoped(answer.send())).toEqual(told);
  expect(steps).toEqual(['preparing', 'preparing', 'uploading', 'opening', 'sending', 'sending']);

  const claims = (await pollBy(bank, opened)).claims() as unknown as Record<string, unknown>;
  expect(claims).toMatchObject({ verified_claims: { claims: { name: PERSON.name } } });
  const { holderKey } = parseCredential((await phone.heldCredential()) ?? '') ?? {};
  if (!holderKey) throw new Error('the phone holds a credential');
  const issuer = readPublicIssuerKeys(publicKeySetOf(loadSecrets(world.dataDir).issuerKeys));
  const now = instant(Date.now());
  const presented = verifyPresentation(String(claims['vp_token']), {
    ...{ expectedIssuer: world.cloud.url, expectedVct: IDENTITY_CARD_VCT, keys: issuer.trusted(now), now },
    ...{ holderKey, audience: BANK, nonce: NONCE, sha256, verify: verifySignature },
  });
  expect(presented).toMatchObject({
    ok: true,
    credential: { claims: { name: PERSON.name, personal_administrative_number: PERSON.idNumber } },
  });
  expect(presented.ok && presented.credential.disclosed).toHaveLength(2);
}, 60_000);

it('answers nothing any more once its holder has declined', async () => {
  const { opened, found } = await asked({ purpose: 'parcel-pickup' });
  const answer = await hoped(phone.prepareAnswer(found, { onStep: () => undefined }));
  await hoped(phone.declineAsk({ session: found.session }));
  await hoped(phone.declineAsk({ session: found.session }));
  expect(await codeOf(answer.send())).toBe('ask_over');
  expect(await codeOf(phone.claimCounter({ session: found.session }))).toBe('ask_over');
  expect(await faultOf(pollBy(bank, opened))).toMatchObject({ error: 'access_denied' });
}, 60_000);
