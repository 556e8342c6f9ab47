import fc from 'fast-check';
import { prepareRenewal, renewFingerprint } from '../../../cloudfunctions/_core/step-up/renew-fingerprint';
import { RENEWAL_LIFE_MS } from '../../../cloudfunctions/_core/step-up/step-up-state';
import { withdrawTemplate } from '../../../cloudfunctions/_core/step-up/withdraw-template';
import { sha256 } from '../../../cloudfunctions/_adapters/crypto/es256';
import { renewalChallenge, stepUpChallenge, showingHandle, type FingerprintAnswer } from '../../../protocol';
import { interleaved } from '../../support/asynchronous';
import { valueOf } from '../../support/enrolment-steps';
import { accountOf } from '../../support/enrolment-world';
import { holder } from '../../support/showing-world';
import { createSensor } from '../../support/soter';
import {
  boundFinger,
  createStepUpWorld,
  keptTemplate,
  laterStepUpPorts,
  type SelfieSeen,
  type StepUpWorld,
} from '../../support/step-up-world';
import { inStanding } from '../../support/stops';

const newPhone = () => createSensor(holder, { fid: '3', cpuId: 'cpu-new' });
const newFinger = { fid: '3', cpuId: 'cpu-new', uid: '10101', counter: 1 };

const prepare = async (world: StepUpWorld): Promise<string> =>
  valueOf(await prepareRenewal(world.ports, holder)).renewalId;

const renew = async (
  world: StepUpWorld,
  renewalId: string,
  {
    answer = newPhone().touch(renewalChallenge(renewalId, sha256)),
    seen = { similarity: 0.8 },
  }: { answer?: FingerprintAnswer; seen?: SelfieSeen } = {},
  ports = world.ports,
): Promise<string> => {
  const selfie = world.selfies.upload(renewalId, seen);
  const result = await renewFingerprint(ports, holder, { action: 'renewFingerprint', selfie, answer });
  return result.ok ? result.value.fingerprint : result.error.code;
};

describe('a fingerprint that is set anew', () => {
  it.each([
    ['instead of another', boundFinger],
    ['where there was none', null],
  ])('%s takes its place once face and finger were shown', async (_, fingerprint) => {
    const world = createStepUpWorld({ fingerprint });
    expect(await renew(world, await prepare(world))).toBe('bound');
    expect(world.identity().stepUp).toMatchObject({ fingerprint: newFinger, renewal: null, pictures: [] });
    expect(world.events.ofKind('fingerprint_renewed')).toHaveLength(1);
    expect(world.selfies.files()).toEqual([]);
  });

  it.each<[string, string, { answer?: FingerprintAnswer; seen?: SelfieSeen }]>([
    ['another’s face', 'faces_differ', { seen: { similarity: 0.2 } }],
    ['no face', 'picture_blurred', { seen: 'blurred' }],
    ['a forged answer', 'fingerprint_invalid', { answer: createSensor(accountOf(2)).touch('forged') }],
    [
      'an answer to a showing',
      'fingerprint_invalid',
      {
        answer: newPhone().touch(
          stepUpChallenge(
            { handle: showingHandle('AAECAwQFBgcICQoLDA0ODw'), session: null, purpose: 'parcel-pickup' },
            sha256,
          ),
        ),
      },
    ],
  ])('stays as it was with %s, and the picture goes', async (_, code, shown) => {
    const world = createStepUpWorld();
    expect(await renew(world, await prepare(world), shown)).toBe(code);
    expect(world.identity().stepUp.fingerprint).toEqual(boundFinger);
    expect(world.selfies.files()).toEqual([]);
  });

  it('is not set without a renewal that is prepared and in time, nor twice with one', async () => {
    const world = createStepUpWorld();
    expect(await renew(world, 'a'.repeat(32))).toBe('wrong_step');
    const late = await prepare(world);
    world.clock.advance(RENEWAL_LIFE_MS);
    expect(await renew(world, late)).toBe('wrong_step');
    const first = await prepare(world);
    const second = await prepare(world);
    expect(await renew(world, first)).toBe('fingerprint_invalid');
    expect(await renew(world, second)).toBe('bound');
    expect(await renew(world, second)).toBe('wrong_step');
  });

  it('is a matter of a valid card', async () => {
    const world = createStepUpWorld();
    const renewalId = await prepare(world);
    world.change((found) => ({ ...found, card: { ...found.card, ...inStanding.suspended } }));
    expect(await renew(world, renewalId)).toBe('card_not_active');
    expect(await prepareRenewal(world.ports, holder)).toMatchObject({ error: { code: 'card_not_active' } });
    expect(await prepareRenewal(world.ports, accountOf(9))).toMatchObject({ error: { code: 'not_found' } });
  });

  it('by two phones at once is that of one of them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const world = createStepUpWorld();
        const renewalId = await prepare(world);
        const ports = interleaved(world.ports, laterStepUpPorts, scheduler);
        const challenge = renewalChallenge(renewalId, sha256);
        const running = ['cpu-a', 'cpu-b'].map((cpuId) =>
          renew(world, renewalId, { answer: createSensor(holder, { cpuId }).touch(challenge) }, ports),
        );
        await scheduler.waitFor(Promise.all(running));
        const heard = await Promise.all(running);
        expect(heard.filter((outcome) => outcome === 'bound').length).toBeLessThanOrEqual(1);
        const winner = heard.indexOf('bound');
        const due = winner < 0 ? boundFinger.cpuId : ['cpu-a', 'cpu-b'][winner];
        expect(world.identity().stepUp.fingerprint?.cpuId).toBe(due);
        expect(world.selfies.files()).toEqual([]);
      }),
    );
  });
});

describe('the consent to a face template', () => {
  it('is withdrawn: the template is deleted, told once in the history, and faces are compared with the portrait', async () => {
    const world = createStepUpWorld({ template: keptTemplate });
    expect(await withdrawTemplate(world.ports, holder)).toEqual({
      ok: true,
      value: { ok: true, subject: 'faceTemplate' },
    });
    expect((await withdrawTemplate(world.ports, holder)).ok).toBe(true);
    expect(world.identity().stepUp.template).toBeNull();
    expect(world.events.ofKind('face_template_deleted')).toHaveLength(1);
    expect(await renew(world, await prepare(world))).toBe('bound');
    expect(world.portraitsMeasured()).toBe(1);
  });

  it('is withdrawn of a suspended card too, and of no stranger’s', async () => {
    const world = createStepUpWorld({ template: keptTemplate });
    world.change((found) => ({ ...found, card: { ...found.card, ...inStanding.suspended } }));
    expect(await withdrawTemplate(world.ports, accountOf(9))).toMatchObject({ error: { code: 'not_found' } });
    expect(world.identity().stepUp.template).toEqual(keptTemplate);
    expect((await withdrawTemplate(world.ports, holder)).ok).toBe(true);
    expect(world.identity().stepUp.template).toBeNull();
  });

  it('stays withdrawn whatever else happens at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const world = createStepUpWorld({ template: keptTemplate });
        const renewalId = await prepare(world);
        const ports = interleaved(world.ports, laterStepUpPorts, scheduler);
        const withdrawn = withdrawTemplate(ports, holder);
        const renewing = renew(world, renewalId, {}, ports);
        await scheduler.waitFor(Promise.all([withdrawn, renewing]));
        if ((await withdrawn).ok) expect(world.identity().stepUp.template).toBeNull();
      }),
    );
  });
});
