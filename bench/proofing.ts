import { readFileSync } from 'node:fs';
import { createEmbeddedProofing } from '../cloudfunctions/_adapters/embedded/index';
import { builtFiles } from '../local/ecosystem/built-files';
import { picturePath, samplePeople } from '../local/people';
import { heading, ratio } from './report';
import { median } from './timing';

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const before = performance.now();
  await work();
  return performance.now() - before;
};

/** The models on the sample people's pictures: each picture, and a whole enrolment against its budget. */
export const benchProofing = async (): Promise<void> => {
  const { readSide, measureFace } = await createEmbeddedProofing({ models: builtFiles.models });
  const times: Record<'front' | 'back' | 'selfie' | 'whole', number[]> = { front: [], back: [], selfie: [], whole: [] };
  for (const [at, person] of [...samplePeople, ...samplePeople].entries()) {
    const front = await timed(() => readSide(readFileSync(picturePath(person, 'card-front'))));
    const back = await timed(() => readSide(readFileSync(picturePath(person, 'card-back'))));
    const selfie = await timed(() => measureFace(readFileSync(picturePath(person, 'selfie-1'))));
    // The first round wakes the models.
    if (at < samplePeople.length) continue;
    times.front.push(front);
    times.back.push(back);
    times.selfie.push(selfie);
    times.whole.push(front + back + selfie);
  }
  heading('Proofing (warm, median over the sample people)');
  for (const name of ['front', 'back', 'selfie'] as const) {
    ratio(name, median(times[name]), 'two sides and a selfie', median(times.whole), 'ms');
  }
  ratio('two sides and a selfie', median(times.whole), 'the budget of an enrolment', 1500, 'ms');
  const peak = process.resourceUsage().maxRSS / 1024;
  ratio('peak memory', peak, 'the function’s memory', 1024, 'MiB');
};
