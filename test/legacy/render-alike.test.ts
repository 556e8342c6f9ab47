import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagesOf } from '../../scripts/miniprogram/package-sizes';
import { startJourney, type Journey } from '../support/journey/journey';
import { samplePerson } from '../support/journey/phone-user';
import { miniProgram } from '../support/journey/stage';
import { enrol } from '../support/journey/steps';
import { tourOfAsk } from '../support/journey/tour-of-ask';
import { tourOfCard, tourOfEnd } from '../support/journey/tour-of-card';
import { tourOfCheck } from '../support/journey/tour-of-check';
import { tourOfConsole } from '../support/journey/tour-of-console';
import { tourOfCounter } from '../support/journey/tour-of-counter';
import { tourOfEnrolment } from '../support/journey/tour-of-enrolment';
import { tourOfEntry } from '../support/journey/tour-of-entry';
import { tourOfSecondPhone } from '../support/journey/tour-of-life';
import { tourOfGuardian } from '../support/journey/tour-of-guardian';
import { tourOfOffline } from '../support/journey/tour-of-offline';
import { tourOfPartner } from '../support/journey/tour-of-partner';
import { createRecorder, differences, type RecordedScreen } from './screens';

jest.setTimeout(1_200_000);

/**
 * A phone may run the pages on the older of WeChat's two frameworks. Every screen that a user comes to, on the compiled upload files, is
 * shown there with the same data, and must say the same.
 */
describe("on WeChat's legacy framework", () => {
  let journey: Journey;
  let screens: readonly RecordedScreen[];

  beforeAll(async () => {
    journey = await startJourney({ folder: miniProgram.compiled });
    const recorder = createRecorder();
    const chinese = { language: 'zh', theme: 'light' } as const;
    const holder = await journey.holder('lin-zhiyuan', chinese);
    await tourOfEnrolment(holder, samplePerson('lin-zhiyuan').camera, 'he-huilan', recorder);
    await tourOfCard(holder, recorder);
    await tourOfSecondPhone(await journey.holder('lin-zhiyuan', chinese), recorder);
    await tourOfEnd(holder, recorder);
    const english = { language: 'en', theme: 'light' } as const;
    const second = await journey.holder('zhou-qiming', english);
    await enrol(second);
    const merchant = await journey.merchant(english, { network: 'offline' });
    await tourOfCheck(second, merchant, recorder);
    const callOwner = () => journey.merchant(english, { openId: 'oOwnerParcelShop' });
    await tourOfEntry(second, callOwner, recorder);
    await tourOfCounter(second, merchant, recorder);
    await tourOfAsk(second, recorder);
    await tourOfOffline(second, merchant, recorder);
    const owner = await journey.merchant(english, { openId: 'oNewOwner' });
    const clerk = await journey.merchant(english, { openId: 'oNewClerk' });
    await tourOfPartner({ running: journey.running, look: english, owner, clerk, holder: second }, recorder);
    await tourOfConsole(await journey.holder('he-huilan', english), recorder);
    const mother = await journey.holder('shen-ruoxi', chinese);
    await enrol(mother);
    const child = await journey.holder('lin-xiaohe', chinese);
    const family = { child, guardian: mother, language: 'zh' } as const;
    await tourOfGuardian(family, child.words.getCard, recorder);
    expect(journey.faults()).toEqual([]);
    ({ screens } = recorder);
  });

  afterAll(() => journey.close());

  it('every page of app.json is looked at', () => {
    const appJson: unknown = JSON.parse(readFileSync(join(miniProgram.compiled, 'app.json'), 'utf8'));
    expect([...new Set(screens.map(({ route }) => route))].sort()).toEqual([...packagesOf(appJson).pages].sort());
  });

  it('every text that is compared is one that a user sees', () => {
    expect(screens.flatMap(({ name, unseen }) => unseen.map((text) => `${name}: ${text}`))).toEqual([]);
  });

  it('every screen says what it says on the present one', () => {
    expect(differences(screens)).toEqual([]);
  });

  it('a screen with another datum is told, with its page, its name and the text', () => {
    const shop = 'Another shop';
    const counter = screens.filter(({ name }) => name === 'scan' || name === 'scan-denied');
    const changed = counter.map((screen) =>
      screen.name === 'scan' ? { ...screen, data: { ...screen.data, shop } } : screen,
    );
    const before = counter.find(({ name }) => name === 'scan')?.lines[0] ?? '';
    expect(differences(changed)).toEqual([
      `packages/verifier/scan/scan (scan): "${before}" is "${shop}" on the legacy framework`,
    ]);
  });
});
