import type { FileId } from '../../../protocol';
import { CASE_LIFE_MS } from '../../../cloudfunctions/_core/enrolment/case';
import { expireCases } from '../../../cloudfunctions/_core/jobs/expire-cases';
import { oneByOne } from '../../../cloudfunctions/_core/one-by-one';
import { phoneOf, pictures, valueOf } from '../../support/enrolment-steps';
import { accountOf, createEnrolmentWorld } from '../../support/enrolment-world';

describe('things that have their turn one after another', () => {
  it('all have it, though some fail, and the first failure is told', async () => {
    const met: number[] = [];
    const act = (item: number): Promise<void> => {
      met.push(item);
      return item % 2 === 0 ? Promise.reject(new Error(`no ${item}`)) : Promise.resolve();
    };
    await expect(oneByOne([1, 2, 3, 4, 5], act)).rejects.toThrow('no 2');
    expect(met).toEqual([1, 2, 3, 4, 5]);
    await expect(oneByOne([1, 3], act)).resolves.toBeUndefined();
  });

  it('are never at work at the same time', async () => {
    let working = 0;
    await oneByOne([1, 2, 3], async () => {
      working += 1;
      await Promise.resolve();
      expect(working).toBe(1);
      working -= 1;
    });
  });
});

it('a case whose pictures cannot be destroyed keeps nobody else’s', async () => {
  const world = createEnrolmentWorld();
  const cases = await Promise.all(
    [1, 2, 3].map(async (who) => {
      const phone = phoneOf(world, accountOf(who));
      const id = await phone.start();
      valueOf(await phone.readDocument(id, pictures.document(who)));
      return id;
    }),
  );
  const [first] = cases;
  world.clock.advance(CASE_LIFE_MS);
  const stuck = world.evidence.files(first ?? '');
  const ports = {
    ...world.ports,
    ...world.cases.ports,
    destroyEvidence: (files: readonly FileId[]) =>
      files.some((file) => stuck.includes(file))
        ? Promise.reject(new Error('storage did not delete a picture'))
        : world.ports.destroyEvidence(files),
  };
  await expect(expireCases(ports)).rejects.toThrow('storage did not delete a picture');
  expect(cases.map((id) => world.cases.present(id).state)).toEqual(['documentRead', 'expired', 'expired']);
  expect(cases.map((id) => world.evidence.files(id).length)).toEqual([2, 0, 0]);
  // Once storage answers again, the next run ends it.
  await expireCases({ ...ports, destroyEvidence: world.ports.destroyEvidence });
  expect(cases.map((id) => world.cases.present(id).state)).toEqual(['expired', 'expired', 'expired']);
});

it('many cases that cannot be ended hide none that can', async () => {
  const world = createEnrolmentWorld();
  const begin = async (who: number): Promise<string> => {
    const phone = phoneOf(world, accountOf(who));
    const id = await phone.start();
    world.clock.advance(1);
    return id;
  };
  const stuck: string[] = [];
  for (let who = 1; who <= 220; who += 1) stuck.push(await begin(who));
  const ids = [await begin(300), await begin(301)];
  world.clock.advance(CASE_LIFE_MS);
  const ports = {
    ...world.ports,
    ...world.cases.ports,
    replaceCase: (...given: Parameters<typeof world.ports.replaceCase>) =>
      stuck.includes(given[0].id) ? Promise.reject(new Error('not now')) : world.ports.replaceCase(...given),
  };
  await expect(expireCases(ports)).rejects.toThrow('not now');
  expect(ids.map((id) => world.cases.present(id).state)).toEqual(['expired', 'expired']);
  expect(await expireCases({ ...ports, replaceCase: world.ports.replaceCase })).toBeGreaterThanOrEqual(100);
});
