import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { picturePath, samplePeople } from '../people';
import type { HeadlessPhone } from '../phone/headless/headless-phone';
import type { Ecosystem } from './ecosystem';

/** In the data folder: the desk has had its sample work, decided or not. */
const MARK = 'sample-work-brought';

type Called<Reply> =
  { readonly ok: true; readonly reply: Reply } | { readonly ok: false; readonly error: { readonly code: string } };

/** @throws Error with the refusal's code */
const accepted = async <Reply>(step: string, called: Promise<Called<Reply>>): Promise<Reply> => {
  const outcome = await called;
  if (!outcome.ok) throw new Error(`${step} was refused: ${outcome.error.code}`);
  return outcome.reply;
};

const pictureOf = (id: string, name: Parameters<typeof picturePath>[1]): string => {
  const person = samplePeople.find((one) => one.id === id);
  if (!person) throw new Error(`there is no sample person ${id}`);
  return picturePath(person, name);
};

/** More than any case is given. */
const TRIES = 5;

/** Somebody comes with a card whose portrait looks like them, and no more than that: a reviewer must decide. */
const bringCase = async ({ enrolment }: HeadlessPhone): Promise<void> => {
  const begun = await accepted('a sample enrolment', enrolment.begin());
  const [front, back] = [pictureOf('he-huilan', 'card-front'), pictureOf('he-huilan', 'card-back')];
  await accepted('a sample card', enrolment.submitDocument(begun, front, back));
  for (let tries = 0; tries < TRIES; tries += 1) {
    const selfie = enrolment.submitSelfie(begun, pictureOf('shen-ruoxi', 'selfie-2'));
    const { outcome } = await accepted('a sample selfie', selfie);
    if (outcome === 'inReview') return;
    if (outcome !== 'retake') break;
  }
  throw new Error('a sample case did not come before a reviewer');
};

/** A shop wants to become a partner. */
const bringApplication = async ({ applyAsPartner, getPartner }: HeadlessPhone): Promise<void> => {
  if ((await getPartner()).ok) return;
  const names = { zh: '山月便利店', en: 'Shanyue Convenience Store' };
  const why = 'we sell tobacco and spirits, and to adults alone';
  const application = applyAsPartner({
    names,
    creditCode: '91330106MA2DEM076Y',
    category: 'retail',
    address: '浙江省杭州市西湖区云栖里路12号',
    contactRole: 'manager',
    wanted: [{ purpose: 'age-check', claims: ['age_over_18'], why }],
  });
  await accepted('a sample application', application);
};

/**
 * Has sample people bring work to the operators' desk by the service's own calls: a business that applies, and a case that a reviewer must
 * decide. Once for a data folder: what was decided stays decided.
 * @returns false where it was brought before
 * @throws Error where the service refuses it
 */
export const bringSampleWork = async ({ phone }: Pick<Ecosystem, 'phone'>, dataDir: string): Promise<boolean> => {
  const mark = join(dataDir, MARK);
  if (existsSync(mark)) return false;
  await bringApplication(await phone('oSampleApplicant'));
  await bringCase(await phone('oSampleLookalike'));
  writeFileSync(mark, '');
  return true;
};
