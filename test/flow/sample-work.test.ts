import { bringSampleWork } from '../../local/ecosystem/sample-work';
import { sampleOperators } from '../../local/ecosystem/partners';
import { validators, type OperatorRole } from '../../protocol';
import { accepted } from '../support/ecosystem/client';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { enrol } from '../support/ecosystem/enrolment';
import { person, picturesOf } from '../support/ecosystem/pictures';

let world: EcosystemUnderTest;
beforeAll(async () => {
  world = await startEcosystemUnderTest();
}, START_TIMEOUT);
afterAll(() => world.close());

const operator = (role: OperatorRole) => world.client(sampleOperators.find((one) => one.role === role)?.openId ?? '');
const tasksOf = (role: OperatorRole) =>
  accepted(operator(role).ask('operator', { action: 'listTasks' }), validators.ListTasksReply);

describe('the sample work of the operators’ desk', () => {
  it('is a case with its pictures and an application, once for a data folder', async () => {
    expect(await bringSampleWork(world, world.dataDir)).toBe(true);
    const { cases } = await tasksOf('reviewer');
    expect(cases).toMatchObject([{ isAppeal: false }]);
    const open = operator('reviewer').ask('operator', { action: 'openCase', case: cases[0]?.case });
    const { fields, pictures } = await accepted(open, validators.OpenCaseReply);
    expect([fields.name.value, pictures]).toEqual([
      person('he-huilan').name,
      ['front', 'back', 'selfie', 'selfie', 'selfie'],
    ]);
    expect((await tasksOf('partners')).applications).toMatchObject([{ names: { en: 'Shanyue Convenience Store' } }]);

    expect(await bringSampleWork(world, world.dataDir)).toBe(false);
    expect([(await tasksOf('reviewer')).cases.length, (await tasksOf('partners')).applications.length]).toEqual([1, 1]);
  });

  it('leaves the card that it shows to its sample person', async () => {
    const { card } = await enrol(world.client('oSample-he-huilan'), picturesOf('he-huilan'));
    expect(card).toMatchObject({ status: 'valid' });
  });
});
