import { counterWay } from '../../../miniprogram/presenters/counter-way';

describe('the way by a counter', () => {
  it.each(['faces_differ', 'not_live', 'no_face', 'selfie_unusable'] as const)(
    'is this case’s while there are tries: %s',
    (code) => {
      expect(counterWay({ code, picture: 'selfie', triesLeft: 2 })).toBe('this-case');
      expect(counterWay({ code, picture: 'selfie', triesLeft: 0 })).toBe('new-case');
    },
  );

  it.each(['authority_faces_differ', 'authority_no_record', 'too_many_tries'] as const)(
    'begins anew where the case has ended: %s',
    (code) => {
      expect(counterWay({ code })).toBe('new-case');
    },
  );

  it.each(['unreachable', 'authority_unavailable', 'wrong_step', 'identity_has_card', 'internal'] as const)(
    'is not offered for what is not about a face: %s',
    (code) => {
      expect(counterWay({ code })).toBe('none');
    },
  );
});
