import { readFileSync } from 'node:fs';
import { picturePath, samplePeople } from '../people/index';
import type { RegisteredPerson } from './register';

/** The sample people as entries of a register, each with the portrait. */
export const sampleRegister = (): readonly RegisteredPerson[] =>
  samplePeople.map((person) => ({
    name: person.name,
    number: person.idNumber,
    portrait: readFileSync(picturePath(person, 'portrait')),
  }));
