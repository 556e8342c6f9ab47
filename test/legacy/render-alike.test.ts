import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagesOf } from '../../scripts/miniprogram/package-sizes';
import { tourOfEverything } from '../support/journey/every-screen';
import { createInspector, type Inspector } from '../support/journey/inspection';
import { startJourney, type Journey } from '../support/journey/journey';
import { miniProgram } from '../support/journey/stage';
import { enrol } from '../support/journey/steps';
import { tourOfGuardian } from '../support/journey/tour-of-guardian';
import { createRecorder, differences, type RecordedScreen } from './screens';

jest.setTimeout(1_200_000);

const look = { language: 'zh', theme: 'dark' } as const;

/**
 * A phone may run the pages on the older of WeChat's two frameworks. Every screen that a user comes to, on the compiled upload files and in
 * Chinese, is shown there with the same data, and must say the same.
 */
describe("on WeChat's legacy framework", () => {
  let journey: Journey;
  let screens: readonly RecordedScreen[];
  let flaws: readonly string[];

  beforeAll(async () => {
    journey = await startJourney({ folder: miniProgram.compiled });
    const [recorder, inspector] = [createRecorder(), createInspector({ themes: 'own' })];
    const both: Inspector = {
      flaws: [],
      looks: async (user, name) => {
        await recorder.looks(user, name);
        await inspector.looks(user, name);
      },
    };
    await tourOfEverything(journey, { look, person: 'lin-zhiyuan' }, both);
    const mother = await journey.holder('shen-ruoxi', look);
    await enrol(mother);
    const child = await journey.holder('lin-xiaohe', look);
    await tourOfGuardian({ child, guardian: mother, language: 'zh' }, child.words.getCard, both);
    expect(journey.faults()).toEqual([]);
    ({ flaws } = inspector);
    ({ screens } = recorder);
  });

  afterAll(() => journey.close());

  it('every screen is free of grave barriers on the present one and fits the width of a phone', () => {
    expect(flaws).toEqual([]);
  });

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
