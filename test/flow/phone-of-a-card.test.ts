import { picturePath } from '../../local/people';
import type { HeadlessPhone } from '../../local/phone/headless/headless-phone';
import { parseCredential, validators, type MintCardReply } from '../../protocol';
import { codeOf, hoped } from '../support/ecosystem/called';
import { accepted } from '../support/ecosystem/client';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { person } from '../support/ecosystem/pictures';
import { raiseAtCounter } from '../support/ecosystem/raise';

const OPEN_ID = 'oHolderOfTwoPhones';
const PERSON = person('zhou-qiming');

let world: EcosystemUnderTest;
let phone: HeadlessPhone;

const enrolOn = async (used: HeadlessPhone): Promise<MintCardReply> => {
  const enrolment = await hoped(used.enrolment.begin());
  const [front, back] = [picturePath(PERSON, 'card-front'), picturePath(PERSON, 'card-back')];
  await hoped(used.enrolment.submitDocument(enrolment, front, back));
  const face = await hoped(used.enrolment.submitSelfie(enrolment, picturePath(PERSON, 'selfie-2')));
  if (face.outcome !== 'matched') throw new Error(`the face came to ${face.outcome}`);
  return hoped(used.enrolment.mint(enrolment, face.nonce));
};
const tierOfCredential = async (used: HeadlessPhone): Promise<unknown> =>
  parseCredential((await used.heldCredential()) ?? '')?.openClaims['tier'];

beforeAll(async () => {
  world = await startEcosystemUnderTest();
  phone = await world.phone(OPEN_ID);
  await enrolOn(phone);
}, START_TIMEOUT);
afterAll(() => world.close());

describe('a card that a counter has raised', () => {
  it('is a colour card on the phone that looks at it again, and its credential says so', async () => {
    await hoped(phone.getCard());
    expect(await tierOfCredential(phone)).toBe('light');
    const { number } = await accepted(
      world.client(OPEN_ID).ask('holder', { action: 'callCounter' }),
      validators.CallCounterReply,
    );
    await raiseAtCounter(world.client('oOperatorCounter1'), number, PERSON.idNumber);
    expect(await hoped(phone.getCard())).toMatchObject({ card: { tier: 'full' }, place: { at: 'here' } });
    expect(await tierOfCredential(phone)).toBe('full');
  });

  it('made anew on its phone is grey again and not limited, for it has not moved', async () => {
    const { card } = await enrolOn(phone);
    expect(card).toMatchObject({ tier: 'light' });
    expect(card).not.toHaveProperty('limitedUntil');
    expect(await hoped(phone.getCard())).toEqual({ card, place: { at: 'here' } });
    expect(await tierOfCredential(phone)).toBe('light');
  });
});

describe('a card on a second phone', () => {
  it('is limited there, and the first phone is told and forgets what it could still show', async () => {
    await hoped(phone.passes.refillPasses());
    const second = await world.phone(OPEN_ID);
    expect(await hoped(second.getCard())).toMatchObject({ place: { at: 'elsewhere' } });
    const { card } = await enrolOn(second);
    expect(card.limitedUntil).toBeGreaterThan(Date.now());
    expect(await hoped(phone.getCard())).toMatchObject({ place: { at: 'moved', since: card.mintedAt } });
    expect([await phone.heldCredential(), await phone.passes.passesLeft()]).toEqual([null, 0]);
    expect(await codeOf(phone.showing.show('parcel-pickup'))).toBe('key_proof_invalid');
    await hoped(phone.leaveCard());
    expect(await hoped(phone.getCard())).toMatchObject({ place: { at: 'elsewhere' } });
    expect(await codeOf(second.showing.show('parcel-pickup'))).toBe('ok');
  });
});
