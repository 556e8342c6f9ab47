import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { peopleFolder } from './folder';
import { SamplePeople, type SamplePerson } from './person';

const load = (file: string): readonly SamplePerson[] => {
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const ajv = new Ajv({ allErrors: true });
  if (!ajv.validate<SamplePeople>(SamplePeople, content)) {
    throw new Error(`people.json: ${ajv.errorsText(ajv.errors, { dataVar: 'people.json' })}`);
  }
  return content.people;
};

/** The fictional adults of `people.json`. @throws Error at import, naming the place, where the file breaks its schema */
export const samplePeople: readonly SamplePerson[] = load(join(peopleFolder, 'people.json'));
