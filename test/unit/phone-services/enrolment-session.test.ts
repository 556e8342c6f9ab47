import fc from 'fast-check';
import type { DocumentFields } from '../../../protocol';
import {
  consented,
  current,
  discarded,
  ended,
  matched,
  photographed,
  read,
} from '../../../miniprogram/services/enrolment-session';
import { CASE, NONCE } from './replies';

const enrolmentOf = (number: number) => ({
  caseId: String(number).padStart(32, '0'),
  evidenceFolder: `evidence/${String(number).padStart(32, '0')}`,
});
const sure = <Value>(value: Value) => ({ value, confidence: 1 });
const fields: DocumentFields = {
  name: sure('林知远'),
  sex: { value: 'male', confidence: 1 },
  ethnicity: null,
  birthDate: sure('1995-02-17'),
  address: sure('杭州'),
  number: sure('330106199502179970'),
  issuingAuthority: sure('杭州市公安局'),
  validFrom: sure('2019-04-12'),
  validTo: null,
};

/** What the session must come to, kept as loose facts and not as states. */
interface Model {
  at: ReturnType<typeof current>['at'];
  caseId: string | null;
  front: string | undefined;
  back: string | undefined;
  nonce: string | null;
}

type Step =
  | { readonly step: 'consented'; readonly number: number }
  | { readonly step: 'photographed'; readonly side: 'front' | 'back'; readonly file: string }
  | { readonly step: 'read' | 'discarded' | 'ended' }
  | { readonly step: 'matched'; readonly nonce: string };

const steps = fc.oneof(
  { weight: 1, arbitrary: fc.record({ step: fc.constant('consented' as const), number: fc.nat({ max: 9 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      step: fc.constant('photographed' as const),
      side: fc.constantFrom('front' as const, 'back' as const),
      file: fc.stringMatching(/^wxfile:\/\/[a-z]{4}$/),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ step: fc.constantFrom('read' as const, 'read' as const, 'discarded', 'ended') }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ step: fc.constant('matched' as const), nonce: fc.constantFrom(NONCE, 'other') }),
  },
) as fc.Arbitrary<Step>;

const none: Model = { at: 'none', caseId: null, front: undefined, back: undefined, nonce: null };
const isBeforeFace = ({ at }: Model): boolean => at === 'consented' || at === 'read';

const next = (model: Model, taken: Step): Model => {
  switch (taken.step) {
    case 'consented':
      return { ...none, at: 'consented', caseId: enrolmentOf(taken.number).caseId };
    case 'photographed':
      return isBeforeFace(model) ? { ...model, at: 'consented', [taken.side]: taken.file } : model;
    case 'read':
      return model.at === 'consented' ? { ...model, at: 'read' } : model;
    case 'discarded':
      return isBeforeFace(model) ? { ...none, at: 'consented', caseId: model.caseId } : model;
    case 'matched':
      return model.at === 'read' ? { ...none, at: 'matched', caseId: model.caseId, nonce: taken.nonce } : model;
    case 'ended':
      return none;
  }
};

const take = (taken: Step): void => {
  switch (taken.step) {
    case 'consented': {
      consented(enrolmentOf(taken.number));
      return;
    }
    case 'photographed': {
      photographed(taken.side, taken.file);
      return;
    }
    case 'read': {
      read(fields);
      return;
    }
    case 'discarded': {
      discarded();
      return;
    }
    case 'matched': {
      matched(taken.nonce);
      return;
    }
    case 'ended': {
      ended();
      return;
    }
  }
};

/** The session as the facts of the model. */
const seen = (): Model => {
  const session = current();
  const { front, back } = 'pictures' in session ? session.pictures : {};
  return {
    at: session.at,
    caseId: session.at === 'none' ? null : session.enrolment.caseId,
    front,
    back,
    nonce: session.at === 'matched' ? session.nonce : null,
  };
};

beforeEach(ended);

describe('the enrolment on a phone', () => {
  it('keeps what it must and nothing else, in whatever order the steps come, and never throws', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 30 }), (taken) => {
        ended();
        let model = none;
        for (const step of taken) {
          take(step);
          model = next(model, step);
          expect(seen()).toEqual(model);
        }
      }),
    );
  });

  it('goes from consent over both pictures and what they say to the matched face', () => {
    consented({ caseId: CASE, evidenceFolder: `evidence/${CASE}` });
    photographed('front', 'a.jpg');
    photographed('back', 'b.jpg');
    read(fields);
    expect(current()).toMatchObject({ at: 'read', pictures: { front: 'a.jpg', back: 'b.jpg' }, fields });
    matched(NONCE);
    expect(current()).toEqual({
      at: 'matched',
      enrolment: { caseId: CASE, evidenceFolder: `evidence/${CASE}` },
      nonce: NONCE,
    });
    ended();
    expect(current()).toEqual({ at: 'none' });
  });

  it('keeps the other side’s picture and drops what was read where one side is taken anew', () => {
    consented(enrolmentOf(1));
    photographed('front', 'a.jpg');
    photographed('back', 'b.jpg');
    read(fields);
    photographed('front', 'c.jpg');
    expect(current()).toEqual({
      at: 'consented',
      enrolment: enrolmentOf(1),
      pictures: { front: 'c.jpg', back: 'b.jpg' },
    });
  });

  it('begins anew with no picture of an enrolment before', () => {
    consented(enrolmentOf(1));
    photographed('front', 'a.jpg');
    consented(enrolmentOf(2));
    expect(current()).toEqual({ at: 'consented', enrolment: enrolmentOf(2), pictures: {} });
  });
});
