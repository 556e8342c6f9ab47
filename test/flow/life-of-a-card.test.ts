import { sampleStaff } from '../../local/ecosystem/partners';
import { picturePath } from '../../local/people';
import type { HeadlessPhone } from '../../local/phone/headless/headless-phone';
import { createKeyProof, validators, type MintCardReply } from '../../protocol';
import { codeOf, hoped } from '../support/ecosystem/called';
import { accepted, refusal, type Client } from '../support/ecosystem/client';
import { counts, databaseOf } from '../support/ecosystem/database';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { enrol, mint, prove, type EnrolledHolder } from '../support/ecosystem/enrolment';
import { createKeyPair } from '../support/ecosystem/keys';
import { person, picturesOf } from '../support/ecosystem/pictures';
import { openShowing, PURPOSE, redeem, requestId } from '../support/ecosystem/showing';

const OPEN_ID = 'oHolderOfOneLife';
const PERSON = person('lin-zhiyuan');

let world: EcosystemUnderTest;
let phone: HeadlessPhone;
let merchant: HeadlessPhone;
let firstCard: MintCardReply['card'];

/** The whole way on a phone: consent, both sides, selfie, card. */
const enrolOn = async (used: HeadlessPhone, { id }: { readonly id: string }): Promise<MintCardReply> => {
  const enrolment = await hoped(used.enrolment.begin());
  await hoped(
    used.enrolment.submitDocument(enrolment, picturePath({ id }, 'card-front'), picturePath({ id }, 'card-back')),
  );
  const face = await hoped(used.enrolment.submitSelfie(enrolment, picturePath({ id }, 'selfie-2')));
  if (face.outcome !== 'matched') throw new Error(`the face came to ${face.outcome}`);
  return hoped(used.enrolment.mint(enrolment, face.nonce));
};

const identities = async (): Promise<readonly unknown[]> =>
  ((await databaseOf(world.cloud).collection('identities').get()) as { data: unknown[] }).data;

beforeAll(async () => {
  world = await startEcosystemUnderTest();
  phone = await world.phone(OPEN_ID);
  merchant = await world.phone(sampleStaff[0]?.openId ?? '');
  firstCard = (await enrolOn(phone, PERSON)).card;
}, START_TIMEOUT);
afterAll(() => world.close());

describe('a card', () => {
  it('is grey, of its person, and ends no later than the document', async () => {
    expect(firstCard).toMatchObject({ status: 'valid', tier: 'light', maskedName: '林**', validTo: PERSON.validTo });
    expect((await hoped(phone.getCard())).card).toEqual(firstCard);
  });

  it('is shown and checked: the merchant hears what the purpose allows and no more', async () => {
    const showing = await hoped(phone.showing.show(PURPOSE));
    const { answer } = await hoped(merchant.redeemCode(showing.currentCode(), PURPOSE));
    expect(answer).toMatchObject({
      purpose: PURPOSE,
      tier: 'light',
      facts: { status: 'valid' },
      claims: { masked_name: '林**', masked_number: '3****************0' },
      matchMark: showing.matchMark,
    });
    expect(Object.keys(answer.claims).sort()).toEqual(['masked_name', 'masked_number']);
    const { facts } = answer;
    expect(facts.codeMadeAt).toBeLessThanOrEqual(facts.redeemedAt);
    expect(facts.redeemedAt - facts.codeMadeAt).toBeLessThan(30_000);
    expect(
      Buffer.from(answer.portrait ?? '', 'base64')
        .subarray(0, 3)
        .toString('hex'),
    ).toBe('ffd8ff');
    expect(await codeOf(merchant.redeemCode(showing.currentCode(), PURPOSE))).toBe('code_already_used');
  });

  it('is suspended and resumed by its holder, each as often as he likes', async () => {
    const showing = await hoped(phone.showing.show(PURPOSE));
    expect((await hoped(phone.suspendCard())).card.status).toBe('suspended');
    expect((await hoped(phone.suspendCard())).card.status).toBe('suspended');
    expect(await codeOf(merchant.redeemCode(showing.currentCode(), PURPOSE))).toBe('suspended');
    expect(await codeOf(phone.showing.show(PURPOSE))).toBe('card_not_active');
    expect((await hoped(phone.resumeCard())).card.status).toBe('valid');
    expect((await hoped(phone.resumeCard())).card.status).toBe('valid');
    expect(await codeOf(merchant.redeemCode(showing.currentCode(), PURPOSE))).toBe('ok');
  });
});

describe('a reply that was lost', () => {
  let holder: EnrolledHolder;
  let staff: Client;
  let colleague: Client;
  beforeAll(async () => {
    holder = await enrol(world.client('oHolderOfBadSignal'), picturesOf('shen-ruoxi'));
    [staff, colleague] = sampleStaff.map(({ openId }) => world.client(openId)) as [Client, Client];
  }, START_TIMEOUT);

  it('is asked for again by the phone: the same card', async () => {
    const events = (await counts(world.cloud))['events'];
    const replies = await Promise.all(
      Array.from({ length: 4 }, () =>
        accepted(mint(holder.client, holder.caseId, holder.proof), validators.MintCardReply),
      ),
    );
    for (const { card } of replies) expect(card).toEqual(holder.card);
    expect((await counts(world.cloud))['events']).toBe(events);
  });

  it('is asked for again by the merchant: the same answer, for a minute and for that terminal', async () => {
    const showing = await openShowing(holder.client, holder.key);
    const [id, text] = [requestId(), showing.code()];
    const first = await accepted(redeem(staff, text, id), validators.RedeemCodeReply);
    const events = (await counts(world.cloud))['events'];
    expect(await redeem(staff, text, id)).toEqual(first);
    expect(await Promise.all([redeem(staff, text, id), redeem(staff, text, id)])).toEqual([first, first]);
    expect(await refusal(redeem(colleague, text, id))).toEqual({ code: 'code_already_used' });
    expect(await refusal(redeem(staff, text))).toEqual({ code: 'code_already_used' });
    // The holder shows the card to the next one meanwhile.
    await openShowing(holder.client, holder.key);
    expect(await redeem(staff, text, id)).toEqual(first);
    // Nothing but the two looks that were refused.
    expect((await counts(world.cloud))['events']).toBe((events ?? 0) + 2);
    await databaseOf(world.cloud)
      .collection('identities')
      .where({ 'lastShowing.handle': showing.handle })
      .update({ 'lastShowing.redeemedAt': Date.now() - 60_001 });
    expect(await refusal(redeem(staff, text, id))).toEqual({ code: 'code_already_used' });
  });
});

describe('a second enrolment', () => {
  it('of another person on the account is refused, and the card stays', async () => {
    const before = await identities();
    const { client, caseId, nonce } = await prove(world.client(OPEN_ID), picturesOf('he-huilan'));
    const key = createKeyPair();
    const proof = createKeyProof({ nonce, key: key.publicKey, sign: key.sign });
    expect(await refusal(mint(client, caseId, proof))).toEqual({ code: 'account_has_card' });
    expect(await identities()).toEqual(before);
    expect((await hoped(phone.getCard())).card).toEqual(firstCard);
  });

  it('of the same person on another account is refused, and nothing of the first card changes', async () => {
    const before = await identities();
    const { client, caseId, nonce } = await prove(world.client('oSecondAccount'), picturesOf(PERSON.id));
    const key = createKeyPair();
    const proof = createKeyProof({ nonce, key: key.publicKey, sign: key.sign });
    expect(await refusal(mint(client, caseId, proof))).toEqual({ code: 'identity_has_card' });
    expect(await identities()).toEqual(before);
    expect(await refusal(client.ask('holder', { action: 'getCard' }))).toEqual({ code: 'not_found' });
    expect(await codeOf(phone.showing.show(PURPOSE))).toBe('ok');
  });

  it('of the same person on the same account supersedes the key of the old phone', async () => {
    const openOnOldPhone = await hoped(phone.showing.show(PURPOSE));
    const newPhone = await world.phone(OPEN_ID);
    const { card } = await enrolOn(newPhone, PERSON);
    expect(card.id).not.toBe(firstCard.id);
    expect((await hoped(phone.getCard())).card).toEqual(card);

    expect(await codeOf(merchant.redeemCode(openOnOldPhone.currentCode(), PURPOSE))).toBe('code_not_recognised');
    expect(await codeOf(phone.showing.show(PURPOSE))).toBe('key_proof_invalid');
    const showing = await hoped(newPhone.showing.show(PURPOSE));
    expect(await codeOf(merchant.redeemCode(showing.currentCode(), PURPOSE))).toBe('ok');
  });

  it('leaves a phone without a key nothing to show', async () => {
    const bare = await world.phone(OPEN_ID);
    expect(await codeOf(bare.showing.show(PURPOSE))).toBe('not_found');
  });
});
