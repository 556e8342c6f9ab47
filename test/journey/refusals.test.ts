import { startJourney, type Journey } from '../support/journey/journey';
import { finishSelfie, consent, photograph, reachReview } from '../support/journey/steps';

jest.setTimeout(120_000);

/** What goes wrong before the camera, and how the holder puts it right without beginning anew. */
describe('a holder who is refused', () => {
  let journey: Journey;

  beforeAll(async () => {
    journey = await startJourney();
  });

  afterEach(() => {
    expect(journey.faults()).toEqual([]);
  });

  afterAll(() => journey.close());

  it('for glare on one side takes that side again in good light and gets the card', async () => {
    const holder = await journey.holder('lin-zhiyuan', { language: 'zh', theme: 'dark' }, { light: 'glare' });
    const { words } = holder;
    await consent(holder);
    await holder.taps(words.allow);
    await photograph(holder);
    await holder.settings({ light: 'good' });
    await holder.sees(words.back);
    await photograph(holder);
    await holder.sees(words.glare);
    await holder.taps(words.retakeFront);
    await photograph(holder);
    await holder.taps(words.agrees);
    await finishSelfie(holder);
  });

  it("for another person's face takes the selfie again themselves and gets the card", async () => {
    const holder = await journey.holder('shen-ruoxi', { language: 'en', theme: 'light' });
    const { words } = holder;
    await reachReview(holder);
    await holder.settings({ camera: { kind: 'sample', person: 'zhou-qiming', picture: 'selfie-1' } });
    await holder.taps(words.agrees);
    await photograph(holder);
    await holder.sees(words.faceDiffers);
    expect(await holder.button(words.seeCard).count()).toBe(0);
    await holder.settings({ camera: { kind: 'sample', person: 'shen-ruoxi', picture: 'auto' } });
    await holder.taps(words.retakeSelfie);
    await finishSelfie(holder);
  });
});
