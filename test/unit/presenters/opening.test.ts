import { purposeIds, purposeTable } from '../../../protocol';
import { openingAt, openingParts, proofCount } from '../../../miniprogram/presenters/opening';
import { tellUnshown } from '../../../miniprogram/presenters/unshown';
import { foreignTexts, languages, serviceCodes } from './languages';

describe('the opening of a showing', () => {
  it.each(languages)('names in %s a part for each proof that the purpose asks for, and no other', (language) => {
    for (const purpose of purposeIds) {
      const parts = openingParts(purpose, language);
      expect(parts).toHaveLength(2 + purposeTable[purpose].stepUp.length);
      expect(foreignTexts(parts, language)).toEqual([]);
    }
  });

  it('goes through its parts in order, the finger before the selfie leaves the phone', () => {
    const steps = ['preparing', 'finger', 'uploading', 'opening'] as const;
    const at = (purpose: (typeof purposeIds)[number]) => steps.map((step) => openingAt(purpose, step));
    expect(at('bank-account-opening')).toEqual([0, 1, 2, 3]);
    expect([openingAt('exam-entry', 'uploading'), openingAt('exam-entry', 'opening')]).toEqual([1, 2]);
    expect([openingAt('train-ticket', 'finger'), openingAt('train-ticket', 'opening')]).toEqual([1, 2]);
    expect(openingAt('parcel-pickup', 'opening')).toBe(1);
  });

  it('counts the proofs where there are two', () => {
    expect(proofCount('bank-account-opening', 'face', 'en')).toBe('Step 1 of 2');
    expect(proofCount('bank-account-opening', 'fingerprint', 'zh')).toBe('第 2 步，共 2 步');
    expect(proofCount('exam-entry', 'face', 'en')).toBe('');
  });
});

describe('a card that was not shown', () => {
  it.each(languages)('is told in %s and leads somewhere, whatever the reason', (language) => {
    for (const code of serviceCodes) {
      const { title, text, nextName } = tellUnshown({ code }, language);
      expect({ code, foreign: foreignTexts([title, text, nextName], language) }).toEqual({ code, foreign: [] });
    }
  });

  it('leads to a new enrolment where this phone does not hold it, or its portrait cannot be compared with', () => {
    const anew = serviceCodes.filter((code) => tellUnshown({ code }, 'en').next === 'enrol-anew');
    expect(anew).toEqual(['not_found', 'portrait_not_found', 'key_proof_invalid']);
  });

  it('asks for another selfie where that was at fault, as long as there are tries', () => {
    const refusal = { code: 'faces_differ', picture: 'selfie' } as const;
    expect(tellUnshown({ ...refusal, triesLeft: 9 }, 'en')).toMatchObject({
      next: 'retake-selfie',
      details: ['Tries left: 9'],
    });
    expect(tellUnshown({ ...refusal, triesLeft: 0 }, 'en').next).toBe('home');
  });
});
