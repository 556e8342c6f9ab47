import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { samplePeople } from '../../../local/people';
import { fetchModels } from '../../../scripts/fetch-models';
import type { CardReading } from './read-cards';

let readings: readonly CardReading[] = [];

beforeAll(async () => {
  const child = fork(join(__dirname, 'read-cards.ts'), [await fetchModels()], { execArgv: ['--import', 'tsx'] });
  const [message] = (await once(child, 'message')) as [{ readings: CardReading[] } | { failure: string }];
  if ('failure' in message) throw new Error(message.failure);
  readings = message.readings;
}, 300_000);

describe('the photographs of the sample cards', () => {
  it.each(samplePeople.map((person) => [person.id, person] as const))('%s: both sides read as drawn', (id, person) => {
    const reading = readings.find((candidate) => candidate.id === id);
    expect(reading?.sides).toEqual(['front', 'back']);
    expect(reading?.fields).toEqual({
      name: person.name,
      sex: person.sex === 'male' ? '男' : '女',
      ethnicity: person.ethnicity,
      birthDate: person.birthDate,
      address: person.address,
      number: person.idNumber,
      issuingAuthority: person.issuingAuthority,
      validFrom: person.validFrom,
      validTo: person.validTo ?? '长期',
    });
  });

  it.each(samplePeople.map(({ id }) => id))('%s: the portrait is the face of the selfies', (id) => {
    const similarities = readings.find((candidate) => candidate.id === id)?.similarities ?? [];
    expect(similarities).toHaveLength(3);
    for (const similarity of similarities) expect(similarity).toBeGreaterThanOrEqual(0.7);
  });
});
