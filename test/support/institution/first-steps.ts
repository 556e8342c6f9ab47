import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { askOutcomes, codeOutcomes, refusedAsks } from '../../../cloudfunctions/_core/sandbox/forced-outcomes';
import { testPersons } from '../../../cloudfunctions/_core/sandbox/test-persons';
import { institutionKeyFile } from '../../../local/ecosystem/institutions';
import type { EcosystemUnderTest } from '../ecosystem/ecosystem-under-test';
import { SANDBOX } from './servers';

const PROGRAM = resolve(__dirname, '../../../examples/first-steps/main.mjs');

/** What a program has said by its end. */
export interface Said {
  readonly lines: readonly string[];
  readonly errors: string;
}

/** Runs a developer's first steps in the sandbox, as the developer does. */
export const runFirstSteps = ({ cloud, dataDir }: EcosystemUnderTest, ...words: readonly string[]): Promise<Said> => {
  const settings = ['--issuer', `${cloud.url}/sandbox`, '--client-id', SANDBOX];
  const key = ['--key', institutionKeyFile(dataDir, SANDBOX)];
  const child = spawn(process.execPath, [PROGRAM, ...settings, ...key, ...words]);
  let [out, errors] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  return new Promise((done) => {
    child.once('close', () => {
      done({ lines: out.split('\n'), errors });
    });
  });
};

type Outcome = readonly [input: string, comesTo: string];

const toldOf = (key: string, otherwise: string): string => {
  const person = testPersons.find((one) => one.key === key);
  if (!person) throw new Error('it is of no test person');
  return person.card.tier === 'full' ? `told ${person.person.name}, the card then ${person.later}` : otherwise;
};

/** What the program has to say of each number, by the table, where a purpose needs a full card. */
export const outcomesOfNumbers: readonly Outcome[] = [
  ...askOutcomes.map(({ number, happens }): Outcome => {
    switch (happens.kind) {
      case 'tells':
        return [number, toldOf(happens.person, 'unmet_authentication_requirements tier_too_low')];
      case 'declines':
        return [number, 'access_denied'];
      case 'waits':
        return [number, 'expired_token ask_over'];
      case 'hindered':
        return [number, `unmet_authentication_requirements ${happens.code}`];
    }
  }),
  ...refusedAsks.map(({ number, code }): Outcome => [
    number,
    `${code === 'too_many_requests' ? 'slow_down' : 'access_denied'} ${code}`,
  ]),
];

/** The same of each code, without the status that a refusal is answered with. */
export const outcomesOfCodes: readonly Outcome[] = codeOutcomes.map((outcome) => [
  outcome.code,
  'refused' in outcome ? outcome.refused : toldOf(outcome.person, 'tier_too_low'),
]);

/** The lines that begin so, each as an input and what it came to. */
export const outcomesSaid = ({ lines }: Said, beginning: string): readonly Outcome[] =>
  lines
    .filter((line) => line.startsWith(beginning))
    .map((line) => {
      const [input = '', comesTo = ''] = line.split(/ {2,}/);
      return [input, comesTo.replace(/^[45]\d\d /, '')];
    });
