import { readFileSync } from 'node:fs';
import { picturePath, sampleChildren, samplePeople } from '../people/index';
import type { Guardianship, RegisteredPerson } from './register';

/** The sample people, children among them, as entries of a register, each with the portrait. */
export const sampleRegister = (): readonly RegisteredPerson[] =>
  [...samplePeople, ...sampleChildren].map((person) => ({
    name: person.name,
    number: person.idNumber,
    portrait: readFileSync(picturePath(person, 'portrait')),
  }));

/** Who the sample children's guardians are. */
export const sampleGuardians = (): readonly Guardianship[] =>
  sampleChildren.flatMap((child) =>
    samplePeople
      .filter(({ id }) => child.guardians.includes(id))
      .map(({ idNumber }) => ({ child: child.idNumber, guardian: idNumber })),
  );
