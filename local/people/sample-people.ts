import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { peopleFolder } from './folder';
import { SampleChildren, SamplePeople, type SampleChild, type SamplePerson } from './person';

const ajv = new Ajv({ allErrors: true });

const load = <Person>(file: string, isWhole: ValidateFunction<{ people: Person[] }>): readonly Person[] => {
  const content: unknown = JSON.parse(readFileSync(join(peopleFolder, file), 'utf8'));
  if (isWhole(content)) return content.people;
  throw new Error(`${file}: ${ajv.errorsText(isWhole.errors, { dataVar: file })}`);
};

/** The fictional adults of `people.json`. @throws Error at import, naming the place, where the file breaks its schema */
export const samplePeople: readonly SamplePerson[] = load('people.json', ajv.compile<SamplePeople>(SamplePeople));

/** The fictional children of `children.json`, each with guardians among the adults. @throws as `samplePeople` */
export const sampleChildren: readonly SampleChild[] = load(
  'children.json',
  ajv.compile<SampleChildren>(SampleChildren),
);
