import fc from 'fast-check';
import { checkLiveFace } from '../../../cloudfunctions/_core/step-up/check-live-face';
import { FACE_CHECKS_PER_DAY } from '../../../cloudfunctions/_core/step-up/step-up-state';
import { stepUpFolder, showingHandle } from '../../../protocol';
import { interleaved } from '../../support/asynchronous';
import { holder } from '../../support/showing-world';
import {
  createStepUpWorld,
  keptTemplate,
  laterStepUpPorts,
  type SelfieSeen,
  type StepUpWorld,
} from '../../support/step-up-world';

const FOLDER = stepUpFolder(showingHandle('AAECAwQFBgcICQoLDA0ODw'));
const DAY_MS = 24 * 60 * 60 * 1000;

/** The identity of the one who is calling. */
const ofHolder =
  ({ ports }: StepUpWorld, through = ports) =>
  () =>
    through.loadIdentityOfAccount(holder);

const check = async (world: StepUpWorld, seen: SelfieSeen, folder = FOLDER): Promise<string> => {
  const file = world.selfies.upload(FOLDER, seen);
  const result = await checkLiveFace(world.ports, ofHolder(world), { folder, file });
  return result.ok ? result.value : result.error.code;
};

describe('a live face of a step-up', () => {
  it.each<[string, SelfieSeen, string]>([
    ['is believed where it is the holder’s', { similarity: 0.8 }, 'face'],
    ['is believed at the threshold', { similarity: 0.551 }, 'face'],
    ['is refused just below it: nobody reviews a step-up', { similarity: 0.549 }, 'faces_differ'],
    ['is refused where it is another’s', { similarity: 0.1 }, 'faces_differ'],
    ['is refused where it is the kept picture itself', { similarity: 0.99 }, 'not_live'],
    ['is refused where nothing can be measured', 'blurred', 'picture_blurred'],
  ])('%s', async (_, seen, outcome) => {
    for (const template of [null, keptTemplate]) {
      const world = createStepUpWorld({ template });
      expect(await check(world, seen)).toBe(outcome);
      // Whatever came of it, the picture is gone, and the holder can see that.
      expect(world.selfies.files()).toEqual([]);
      const told = world.events.ofKind('face_checked').map((event) => event.outcome);
      expect(told).toEqual([outcome === 'face' ? 'same' : 'refused']);
      expect(world.identity().stepUp).toMatchObject({ pictures: [], faceTries: { count: 1 } });
    }
  });

  it('is compared with the template where one is kept, and else with the portrait, of which no measure is kept', async () => {
    const kept = createStepUpWorld({ template: keptTemplate });
    await check(kept, { similarity: 0.8 });
    expect(kept.portraitsMeasured()).toBe(0);
    const unkept = createStepUpWorld();
    await check(unkept, { similarity: 0.8 });
    expect(unkept.portraitsMeasured()).toBe(1);
    expect(unkept.identity().stepUp.template).toBeNull();
  });

  it('needs a portrait that can be measured, where no template is kept', async () => {
    const world = createStepUpWorld();
    const file = world.selfies.upload(FOLDER, { similarity: 0.8 });
    const ports = { ...world.ports, measurePortrait: () => Promise.resolve(null) };
    const result = await checkLiveFace(ports, ofHolder(world), { folder: FOLDER, file });
    expect(result).toMatchObject({ ok: false, error: { code: 'portrait_not_found' } });
    expect(world.selfies.files()).toEqual([]);
  });

  it('of another folder is not looked at, nor touched', async () => {
    const world = createStepUpWorld();
    expect(await check(world, { similarity: 0.8 }, 'f'.repeat(32))).toBe('file_not_found');
    expect(world.selfies.files()).toHaveLength(1);
    expect(world.identity().stepUp.faceTries.count).toBe(0);
  });

  it('may be shown so often a day and no more, well or not, and again on the next', async () => {
    const world = createStepUpWorld();
    const heard: string[] = [];
    for (let at = 0; at < FACE_CHECKS_PER_DAY + 2; at += 1) {
      heard.push(await check(world, { similarity: at % 2 === 0 ? 0.1 : 0.8 }));
    }
    expect(heard.slice(0, FACE_CHECKS_PER_DAY)).not.toContain('too_many_tries');
    expect(heard.slice(FACE_CHECKS_PER_DAY)).toEqual(['too_many_tries', 'too_many_tries']);
    expect(world.selfies.files()).toEqual([]);
    world.clock.advance(DAY_MS);
    expect(await check(world, { similarity: 0.8 })).toBe('face');
  });

  it('tells how many tries are left', async () => {
    const world = createStepUpWorld();
    const file = world.selfies.upload(FOLDER, { similarity: 0.1 });
    const result = await checkLiveFace(world.ports, ofHolder(world), { folder: FOLDER, file });
    expect(result).toMatchObject({ error: { picture: 'selfie', triesLeft: FACE_CHECKS_PER_DAY - 1 } });
  });

  it('leaves no picture behind where the look fails, and clears what an interrupted call left', async () => {
    const world = createStepUpWorld();
    const file = world.selfies.upload(FOLDER, { similarity: 0.8 });
    const fails = { ...world.ports, checkSelfie: () => Promise.reject(new Error('proofing is down')) };
    await expect(checkLiveFace(fails, ofHolder(world), { folder: FOLDER, file })).rejects.toThrow('proofing is down');
    expect(world.selfies.files()).toEqual([]);
    // Killed between its look and the destruction: the identity knows of the picture.
    const left = world.selfies.upload(FOLDER, { similarity: 0.8 });
    world.change((found) => ({ ...found, stepUp: { ...found.stepUp, pictures: [left] } }));
    await check(world, { similarity: 0.8 });
    expect(world.selfies.files()).toEqual([]);
  });

  it('shown by many calls at once shares no try and leaves no picture', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 4 }), async (scheduler, calls) => {
        const world = createStepUpWorld();
        const ports = interleaved(world.ports, laterStepUpPorts, scheduler);
        const checkSelfie = jest.fn(ports.checkSelfie);
        const running = Array.from({ length: calls }, () => {
          const file = world.selfies.upload(FOLDER, { similarity: 0.1 });
          return checkLiveFace({ ...ports, checkSelfie }, ofHolder(world, ports), { folder: FOLDER, file });
        });
        await scheduler.waitFor(Promise.all(running));
        expect(checkSelfie.mock.calls.length).toBeLessThanOrEqual(world.identity().stepUp.faceTries.count);
        expect(world.selfies.files()).toEqual([]);
      }),
    );
  });
});
