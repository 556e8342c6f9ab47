import type { ErrorCode, FieldName, Refusal } from '../../../protocol';
import { guidance } from '../../../miniprogram/presenters/guidance';
import { fieldName, tellRefusal, type NextStep } from '../../../miniprogram/presenters/refusal';
import { allCodes, fieldNames, foreignTexts, languages, serviceCodes } from './languages';

const pictures = ['front', 'back', 'selfie'] as const;
const lists: readonly (readonly FieldName[])[] = [[], ['name'], fieldNames];

/** Every shape that a refusal of the code may have. */
const shapesOf = (code: ErrorCode): Refusal[] =>
  [undefined, ...pictures].flatMap((picture) =>
    [undefined, ...lists].flatMap((fields) =>
      [undefined, 0, 1, 4].map((triesLeft) => ({
        code,
        ...(picture && { picture }),
        ...(fields && { fields: [...fields] }),
        ...(triesLeft !== undefined && { triesLeft }),
      })),
    ),
  );
const nextOf = (refusal: Refusal): NextStep => tellRefusal(refusal, 'en').next;

describe('the words for a refusal', () => {
  it.each(allCodes)('are there in both languages and differ: %s', (code) => {
    const [zh, en] = [guidance(code, 'zh'), guidance(code, 'en')];
    expect(foreignTexts([zh], 'zh')).toEqual([]);
    expect(foreignTexts([en], 'en')).toEqual([]);
    expect([zh.endsWith('。'), en.endsWith('.')]).toEqual([true, true]);
  });

  it.each(languages)('are no two times the same in %s', (language) => {
    const told = allCodes.map((code) => guidance(code, language));
    expect(new Set(told).size).toBe(told.length);
    const fields = fieldNames.map((field) => fieldName(field, language));
    expect(new Set(fields).size).toBe(fields.length);
  });
});

describe('a refusal on the screen', () => {
  it.each(languages)('is told in %s and no other language, whatever narrows it down', (language) => {
    for (const refusal of [
      ...serviceCodes.flatMap(shapesOf),
      { code: 'unreachable' },
      { code: 'storage_failed' },
    ] as const) {
      const { title, text, details, nextName } = tellRefusal(refusal, language);
      expect({ refusal, foreign: foreignTexts([title, text, nextName, ...details], language) }).toEqual({
        refusal,
        foreign: [],
      });
    }
  });

  it('names the fields, in the order of the refusal', () => {
    const refusal = { code: 'fields_disagree', picture: 'back', fields: ['validTo', 'validFrom'] } as const;
    expect(tellRefusal({ ...refusal, fields: [...refusal.fields] }, 'en').details).toEqual([
      'Unclear or contradictory: valid to, valid from',
    ]);
    expect(tellRefusal({ ...refusal, fields: [...refusal.fields] }, 'zh').details).toEqual([
      '看不清或有矛盾：有效期截止、有效期起始',
    ]);
    expect(tellRefusal({ code: 'field_unreadable', fields: [] }, 'en').details).toEqual([]);
  });

  it('says how many tries are left where another try is the next step', () => {
    expect(tellRefusal({ code: 'no_face', triesLeft: 2 }, 'en').details).toEqual(['Tries left: 2']);
    expect(tellRefusal({ code: 'no_face' }, 'en').details).toEqual([]);
    for (const refusal of serviceCodes.flatMap(shapesOf)) {
      const { next, details } = tellRefusal(refusal, 'en');
      if (next === 'home') expect(details.filter((detail) => detail.startsWith('Tries'))).toEqual([]);
    }
  });

  it('sends nobody back to a step that has no tries left', () => {
    for (const code of serviceCodes)
      for (const picture of pictures) expect(nextOf({ code, picture, triesLeft: 0 })).toBe('home');
    for (const code of ['picture_blurred', 'faces_differ', 'selfie_unusable'] as const)
      expect(tellRefusal({ code, triesLeft: 0 }, 'en').text).toBe(guidance('too_many_tries', 'en'));
  });

  // A final word comes without tries too, and trying again tomorrow would not help.
  it.each(['authority_no_record', 'authority_faces_differ', 'document_expired', 'identity_has_card'] as const)(
    'keeps its own reason where it is final: %s',
    (code) => {
      const told = tellRefusal({ code, picture: 'selfie', triesLeft: 0 }, 'en');
      expect({ text: told.text, next: told.next }).toEqual({ text: guidance(code, 'en'), next: 'home' });
    },
  );
});

describe('the next step after a refusal', () => {
  const ofPictures = [
    'file_not_found',
    'not_an_image',
    'picture_too_large',
    'picture_damaged',
    'no_card_found',
    'wrong_side',
    'field_unreadable',
    'portrait_not_found',
    'picture_blurred',
    'number_check_failed',
    'fields_disagree',
  ] as const satisfies readonly ErrorCode[];
  const ofSelfies = [
    'no_face',
    'several_faces',
    'face_too_small',
    'not_live',
    'faces_differ',
    'selfie_unusable',
  ] as const satisfies readonly ErrorCode[];

  it.each(ofPictures)('is the picture at fault, or both sides where none is named: %s', (code) => {
    expect(pictures.map((picture) => nextOf({ code, picture }))).toEqual([
      'retake-front',
      'retake-back',
      'retake-selfie',
    ]);
    expect(nextOf({ code })).toBe('retake-document');
  });

  it.each(ofSelfies)('is another selfie: %s', (code) => {
    expect(nextOf({ code })).toBe('retake-selfie');
  });

  it('is to ask again after an outage, to begin anew where the step is gone, and else the first screen', () => {
    const others = serviceCodes.filter((code) => ![...ofPictures, ...ofSelfies].some((other) => other === code));
    const ledTo = (next: NextStep): string[] => others.filter((code) => nextOf({ code }) === next);
    const waiting = ['internal', 'authority_unavailable', 'step_up_missing'];
    const touchedAgain = ['fingerprint_invalid', 'fingerprint_used', 'fingerprint_unavailable'];
    expect(ledTo('bind-finger')).toEqual(['fingerprint_changed', 'fingerprint_not_bound']);
    expect(ledTo('try-again')).toEqual([...waiting, ...touchedAgain]);
    expect(ledTo('start-again')).toEqual(['not_found', 'wrong_step', 'consent_missing', 'key_proof_invalid']);
    expect(ledTo('ask-guardian')).toEqual(['guardian_needed']);
    expect(ledTo('home')).toHaveLength(others.length - 13);
    expect(tellRefusal({ code: 'unreachable' }, 'en').next).toBe('try-again');
  });
});
