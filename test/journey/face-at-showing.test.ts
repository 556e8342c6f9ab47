import type { PhoneSettings } from '../../local/phone/contract/settings';
import { validators } from '../../protocol';
import { accepted, createClient } from '../support/ecosystem/client';
import { person } from '../support/ecosystem/pictures';
import { raiseAtCounter } from '../support/ecosystem/raise';
import { startJourney, type Journey } from '../support/journey/journey';
import type { PhoneUser } from '../support/journey/phone-user';
import {
  accept,
  endShowing,
  enrol,
  finishSelfie,
  giveConsents,
  photograph,
  photographCard,
  pictureOfCode,
  scanCounter,
  scanPicture,
} from '../support/journey/steps';

jest.setTimeout(240_000);

const PERSON = 'lin-zhiyuan';
const sees = (who: string, picture: 'selfie-1' | 'selfie-3'): Pick<PhoneSettings, 'camera'> => ({
  camera: { kind: 'sample', person: who, picture },
});

/** Tasks that ask for the face when the card is shown, and the phone that the card is taken from. */
describe('a holder who shows the face with the card', () => {
  let journey: Journey;
  let holder: PhoneUser;

  beforeAll(async () => {
    journey = await startJourney();
    holder = await journey.holder(PERSON, { language: 'en', theme: 'light' });
    await enrol(holder);
  });

  afterEach(() => {
    expect(journey.faults()).toEqual([]);
  });

  afterAll(() => journey.close());

  /** Staff opens a session, and the holder agrees to it. */
  const atCounter = async (openId: string): Promise<PhoneUser> => {
    const staff = await journey.merchant({ language: 'zh', theme: 'light' }, { openId });
    await staff.taps(staff.words.showCounter);
    await staff.sees(staff.words.askToScan);
    await scanCounter(holder, await pictureOfCode(staff));
    await holder.taps(holder.words.agreeToShow);
    await holder.sees(holder.words.takeSelfie);
    await staff.sees(staff.words.hasScanned);
    return staff;
  };

  /** Staff scans the code that is on the holder's screen, and both end. */
  const redeem = async (staff: PhoneUser): Promise<void> => {
    await holder.button(holder.words.scanned).waitFor();
    await scanPicture(staff, await pictureOfCode(holder), staff.words.scanCustomer);
    await staff.sees(staff.words.valid);
    await accept(staff);
    await endShowing(holder);
  };

  it('enters an examination, but not with the face of another', async () => {
    const { words } = holder;
    const gate = await atCounter('oStaffExamination1');
    await holder.settings(sees('zhou-qiming', 'selfie-1'));
    await photograph(holder);
    await holder.sees(words.faceDiffers);
    expect(await holder.button(words.scanned).count()).toBe(0);
    await holder.settings(sees(PERSON, 'selfie-3'));
    await holder.taps(words.retakeSelfie);
    await photograph(holder);
    await redeem(gate);
  });

  it('opens a bank account with finger and face, once a counter has made it a colour card', async () => {
    const { words } = holder;
    const { url } = journey.running.ecosystem.cloud;
    const called = createClient(url, `oSample-${PERSON}`).ask('holder', { action: 'callCounter' });
    const { number } = await accepted(called, validators.CallCounterReply);
    await raiseAtCounter(createClient(url, 'oOperatorCounter1'), number, person(PERSON).idNumber);
    await holder.taps(words.history);
    await holder.taps(words.goBack);
    await holder.sees(words.colourCard);
    const bank = await atCounter('oStaffBank01');
    await holder.sees(words.firstOfTwo);
    await photograph(holder);
    await holder.taps(words.touch);
    await redeem(bank);
  });

  it('is told on the first phone that the card moved to a second one', async () => {
    const { words } = holder;
    const second = await journey.holder(PERSON, { language: 'zh', theme: 'light' });
    await second.sees(second.words.elsewhere);
    await second.taps(second.words.enrolHere);
    await giveConsents(second);
    await second.taps(second.words.allow);
    await photographCard(second);
    await second.taps(second.words.agrees);
    await finishSelfie(second);
    await second.sees(second.words.limited);
    await holder.taps(words.history);
    await holder.taps(words.goBack);
    await holder.sees(words.moved);
    expect(await holder.button(words.parcel).count()).toBe(0);
    await holder.taps(words.itWasMe);
    await holder.sees(words.elsewhere);
  });
});
