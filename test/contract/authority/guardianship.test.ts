import { join } from 'node:path';
import { createAuthorityClient } from '../../../cloudfunctions/_adapters/tencent/authority-from-environment';
import { createGuardianshipQuestion } from '../../../cloudfunctions/_adapters/tencent/guardianship';
import { sampleGuardians, sampleRegister, startAuthority, type Authority } from '../../../local/authority';
import { sampleChildren } from '../../../local/people';
import { idNumber, person, startDouble, temporaryFolder } from './stand-in';

const folder = temporaryFolder();
let authority: Authority;

beforeAll(async () => {
  const models = join(folder.path, 'none');
  const people = sampleRegister();
  authority = await startAuthority({ dataDir: folder.path, models, people, guardians: sampleGuardians() });
});
afterAll(async () => {
  await authority.close();
  folder.remove();
});

const named = ({ name, idNumber: number }: { readonly name: string; readonly idNumber: string }) => ({
  name,
  number: idNumber(number),
});
const [sample] = sampleChildren;
if (!sample) throw new Error('there is no sample child');
const child = named(sample);
const faults: string[] = [];

const askAt = (url: string) =>
  createGuardianshipQuestion(
    createAuthorityClient(
      JSON.stringify({
        endpoint: url.replace('http://', ''),
        protocol: 'http://',
        region: 'ap-guangzhou',
        ...authority.credentials,
      }),
    ),
    (code) => faults.push(code),
  );

describe('who is a child’s guardian', () => {
  it('is what the register has recorded, by name and number of both', async () => {
    const ask = askAt(authority.url);
    const father = named(person('lin-zhiyuan'));
    expect(await ask(father, child)).toBe('confirmed');
    expect(await ask(named(person('shen-ruoxi')), child)).toBe('confirmed');
    expect(await ask(named(person('zhou-qiming')), child)).toBe('not_guardian');
    expect(await ask({ ...father, name: '林知近' }, child)).toBe('not_guardian');
    expect(await ask(child, child)).toBe('not_guardian');
    expect(await ask(father, { ...child, name: '林晓荷' })).toBe('unknown');
  });

  it('is not known of somebody of whom nothing is recorded, until it is', async () => {
    const ask = askAt(authority.url);
    const [adult, other] = [named(person('zhou-qiming')), named(person('aygul'))];
    expect(await ask(adult, other)).toBe('unknown');
    authority.enterGuardian({ child: other.number, guardian: adult.number });
    expect(await ask(adult, other)).toBe('confirmed');
    expect(() => authority.enterGuardian({ child: '1', guardian: adult.number })).toThrow(RangeError);
  });

  it.each([
    ['an answer of another kind', { Result: 'Perhaps' }, ['malformed_answer']],
    ['no answer', {}, ['malformed_answer']],
    ['an error', { Error: { Code: 'InternalError', Message: 'm' } }, []],
  ])('is not told by %s', async (_, response, told) => {
    const double = await startDouble(() => ({ body: JSON.stringify({ Response: { ...response, RequestId: 'r' } }) }));
    faults.length = 0;
    try {
      expect(await askAt(double.url)(named(person('lin-zhiyuan')), child)).toBe('unavailable');
      expect(faults).toEqual(told);
    } finally {
      await double.close();
    }
  });
});
