/**
 * Reads every card picture and selfie of the sample people and sends what was read. In a process of its own: the recognition
 * runtime is native and takes no arrays of jest's realm. Argument: folder of models.
 */
import { readFileSync } from 'node:fs';
import { cosineSimilarity, createEmbeddedProofing } from '../../../cloudfunctions/_adapters/embedded';
import { picturePath, samplePeople, type PictureName } from '../../../local/people';

/** What was read of one person: the fields of both sides, and how alike the printed portrait is to each selfie. */
export interface CardReading {
  readonly id: string;
  readonly sides: readonly [string, string];
  readonly fields: Readonly<Record<string, string>>;
  readonly similarities: readonly number[];
}

const selfies = ['selfie-1', 'selfie-2', 'selfie-3'] as const satisfies readonly PictureName[];

const run = async (models: string): Promise<readonly CardReading[]> => {
  const { readSide, measureFace } = await createEmbeddedProofing({ models });
  const readings: CardReading[] = [];
  for (const person of samplePeople) {
    const bytes = (name: PictureName): Buffer => readFileSync(picturePath(person, name));
    const front = await readSide(bytes('card-front'));
    const back = await readSide(bytes('card-back'));
    const read = { ...(front.kind === 'front' ? front.fields : {}), ...(back.kind === 'back' ? back.fields : {}) };
    const similarities: number[] = [];
    for (const name of selfies) {
      const face = await measureFace(bytes(name));
      const portrait = front.kind === 'front' ? front.portrait : null;
      similarities.push(portrait && face.kind === 'face' ? cosineSimilarity(portrait.embedding, face.embedding) : -1);
    }
    readings.push({
      id: person.id,
      sides: [front.kind, back.kind],
      fields: Object.fromEntries(Object.entries(read).map(([name, { value }]) => [name, value])),
      similarities,
    });
  }
  return readings;
};

// Imported for its type by the test, run only as a child.
if (process.send) {
  run(process.argv[2] ?? '').then(
    (readings) =>
      process.send?.({ readings }, () => {
        process.disconnect();
      }),
    (error: unknown) =>
      process.send?.({ failure: String(error) }, () => {
        process.disconnect();
      }),
  );
}
