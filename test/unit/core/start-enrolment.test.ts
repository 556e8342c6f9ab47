import fc from 'fast-check';
import { CASE_LIFE_MS } from '../../../cloudfunctions/_core/enrolment/case';
import { ENROLMENTS_OF_ACCOUNT, startEnrolment } from '../../../cloudfunctions/_core/enrolment/start-enrolment';
import { interleaved } from '../../support/asynchronous';
import { phoneOf, pictures } from '../../support/enrolment-steps';
import { accountOf, createEnrolmentWorld, laterPorts } from '../../support/enrolment-world';

const { most: MOST, windowMs } = ENROLMENTS_OF_ACCOUNT;
const document = { subject: 'document', text: '2026-01' } as const;
const face = { subject: 'face', text: '2026-02' } as const;

describe('a start', () => {
  it.each([[[face]], [[face, face]], [[]]])('with the consents %j alone is refused', async (given) => {
    const { ports, cases } = createEnrolmentWorld();
    const result = await startEnrolment(ports, accountOf(0), { action: 'startEnrolment', consents: [...given] });
    expect(result).toEqual({ ok: false, error: { code: 'consent_missing' } });
    expect(cases.all()).toEqual([]);
  });

  it('records both consents with the texts that were read', async () => {
    const { ports, cases, clock } = createEnrolmentWorld();
    const result = await startEnrolment(ports, accountOf(0), { action: 'startEnrolment', consents: [face, document] });
    const [begun] = cases.all();
    expect(begun).toMatchObject({ state: 'started', revision: 0, consents: [face, document], evidence: [] });
    expect(result).toEqual({
      ok: true,
      value: {
        ok: true,
        caseId: begun?.id,
        evidenceFolder: `evidence/${begun?.id ?? ''}`,
        expiresAt: clock.now() + CASE_LIFE_MS,
      },
    });
  });

  it(`is granted ${MOST} times a day, each account by itself`, async () => {
    const world = createEnrolmentWorld();
    const start = (account: number) => phoneOf(world, accountOf(account)).start();
    for (let count = 0; count < MOST; count += 1) await start(0);
    await expect(start(0)).rejects.toThrow('too_many_tries');
    expect(world.cases.all()).toHaveLength(MOST);
    await start(1);
    world.clock.advance(windowMs - (world.clock.now() % windowMs) - 1);
    await expect(start(0)).rejects.toThrow('too_many_tries');
    world.clock.advance(1);
    await start(0);
  });

  it('is granted no more often to calls at the same time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 0, max: MOST - 1 }), async (scheduler, before) => {
        const world = createEnrolmentWorld();
        for (let count = 0; count < before; count += 1) await phoneOf(world, accountOf(0)).start();
        const phone = phoneOf(world, accountOf(0), interleaved(world.ports, laterPorts, scheduler));
        const starts = Array.from({ length: 14 }, () => phone.start());
        const settled = await scheduler.waitFor(Promise.allSettled(starts));
        const granted = settled.filter(({ status }) => status === 'fulfilled').length;
        expect(before + granted).toBeLessThanOrEqual(MOST);
        expect(world.cases.all().filter(({ state }) => state === 'started')).toHaveLength(before + granted);
      }),
      { numRuns: 40 },
    );
  });

  it('gives a case that ends with its hour', async () => {
    const world = createEnrolmentWorld();
    const phone = phoneOf(world, accountOf(0));
    const caseId = await phone.start();
    world.clock.advance(CASE_LIFE_MS - 1);
    expect(await phone.readDocument(caseId, pictures.document(0))).toMatchObject({ ok: true });
    world.clock.advance(1);
    expect(await phone.readDocument(caseId, pictures.document(0))).toMatchObject({ error: { code: 'wrong_step' } });
  });
});
