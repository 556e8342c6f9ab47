import type { OpenCaseReply } from '../../../protocol';
import { person, picture } from '../ecosystem/pictures';
import { portraitOf } from './console-replies';

/** A case as its reviewer opens it: an appeal, which nobody has accepted. */
export const reviewCase = async (): Promise<OpenCaseReply> => {
  const { name, sex, ethnicity, birthDate, address, idNumber, issuingAuthority, validFrom } = person('zhou-qiming');
  const sure = <Value>(value: Value) => ({ value, confidence: 0.99 });
  return {
    ok: true,
    causes: ['portrait_unsure', 'authority_unsure'],
    fields: {
      name: sure(name),
      sex: sure(sex),
      ethnicity: sure(ethnicity),
      birthDate: sure(birthDate),
      address: { value: address, confidence: 0.81 },
      number: sure(idNumber),
      issuingAuthority: sure(issuingAuthority),
      validFrom: sure(validFrom),
      validTo: null,
    },
    portrait: await portraitOf('zhou-qiming'),
    pictures: ['front', 'back', 'selfie'],
    accepted: 'none',
    firstReason: 'faces_differ',
  };
};

export const reviewPicture = { ok: true, bytes: picture('zhou-qiming', 'selfie-1').toString('base64'), parts: 1 };
