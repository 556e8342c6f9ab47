import fc from 'fast-check';
import { createTencentAuthority } from '../../../cloudfunctions/_adapters/tencent/face-authority';
import type { AuthorityAnswer } from '../../../cloudfunctions/_core/enrolment/authority';
import { adapterFor, idNumber, startDouble } from './stand-in';

const credentials = { secretId: 'id', secretKey: 'key' };
const question = { name: '林知远', number: idNumber('330106199502179970'), selfie: Buffer.from('no picture') };
const json = (response: unknown): { body: string } => ({ body: JSON.stringify({ Response: response }) });

/** Asks a server that always says the same, and tells what came of it. */
const askDouble = async (
  reply: { status?: number; body: string } | 'hang' | 'reset',
  selfie: Uint8Array = question.selfie,
): Promise<{ answer: AuthorityAnswer; faults: string[]; count: number }> => {
  const double = await startDouble(() => reply);
  const faults: string[] = [];
  try {
    const ask = adapterFor(double.url, credentials, {
      timeout: reply === 'hang' ? 150 : 5000,
      onFault: (code) => faults.push(code),
    });
    return { answer: await ask({ ...question, selfie }), faults, count: double.count() };
  } finally {
    await double.close();
  }
};

describe('what the adapter makes of an answer', () => {
  it.each<[string, object, AuthorityAnswer]>([
    ['a success', { Result: 'Success', Sim: 96.13 }, { kind: 'compared', similarity: 96.13 }],
    [
      'a low similarity',
      { Result: 'FailedOperation.CompareLowSimilarity', Sim: 31 },
      { kind: 'compared', similarity: 31 },
    ],
    ['a mismatch', { Result: 'FailedOperation.IdNameMisMatch', Sim: 0 }, { kind: 'no_record' }],
    ['an unknown number', { Result: 'FailedOperation.IdNoExistSystem', Sim: 0 }, { kind: 'no_record' }],
    ['a malformed name', { Result: 'FailedOperation.NameFormatError', Sim: 0 }, { kind: 'no_record' }],
    ['no picture in the register', { Result: 'FailedOperation.IdPhotoNoExist', Sim: 0 }, { kind: 'no_photo' }],
    ['a poor picture in the register', { Result: 'FailedOperation.IdPhotoPoorQuality', Sim: 0 }, { kind: 'no_photo' }],
    [
      'a selfie with two faces',
      { Result: 'FailedOperation.LifePhotoDetectFaces', Sim: 0 },
      { kind: 'selfie_unusable' },
    ],
    ['a selfie that is none', { Result: 'FailedOperation.LifePhotoDetectFake' }, { kind: 'selfie_unusable' }],
    [
      'a mismatch as an error',
      { Error: { Code: 'FailedOperation.IdNameMisMatch', Message: 'm' } },
      { kind: 'no_record' },
    ],
    [
      'a low similarity as an error',
      { Error: { Code: 'FailedOperation.CompareLowSimilarity', Message: 'm' } },
      { kind: 'compared', similarity: 0 },
    ],
  ])('%s', async (_, response, expected) => {
    expect(await askDouble(json({ ...response, RequestId: 'r' }))).toEqual({ answer: expected, faults: [], count: 1 });
  });

  it.each<[string, { status?: number; body: string }, string]>([
    [
      'a wrong key',
      json({ Error: { Code: 'AuthFailure.SignatureFailure', Message: 'm' } }),
      'AuthFailure.SignatureFailure',
    ],
    [
      'an account in arrears',
      json({ Error: { Code: 'UnauthorizedOperation.Arrears', Message: 'm' } }),
      'UnauthorizedOperation.Arrears',
    ],
    ['a success without a score', json({ Result: 'Success' }), 'Success'],
    ['a score as text', json({ Result: 'Success', Sim: '99' }), 'Success'],
    ['a score above 100', json({ Result: 'Success', Sim: 1e9 }), 'Success'],
    ['a negative score', json({ Result: 'Success', Sim: -1 }), 'Success'],
    ['a result that quotes the person', json({ Result: '林知远 330106199502179970', Sim: 99 }), 'malformed_answer'],
    [
      'an error that quotes the person',
      json({ Error: { Code: '林知远', Message: '330106199502179970' } }),
      'malformed_answer',
    ],
    ['no result', json({ Sim: 99 }), 'malformed_answer'],
    ['a page of a proxy', { body: '<html>blocked</html>' }, 'transport'],
    ['an empty body', { body: '' }, 'transport'],
    ['JSON null', { body: 'null' }, 'transport'],
    [
      'a server error',
      { status: 502, body: JSON.stringify({ Response: { Result: 'Success', Sim: 99 } }) },
      'transport',
    ],
  ])('%s is no answer, and not asked twice', async (_, reply, fault) => {
    expect(await askDouble(reply)).toEqual({ answer: { kind: 'unavailable' }, faults: [fault], count: 1 });
  });

  it('never takes anything but a success or a low similarity with a score for a comparison', async () => {
    let body = '';
    const double = await startDouble(() => ({ body }));
    const ask = adapterFor(double.url, credentials);
    const result = fc.constantFrom('Success', 'FailedOperation.UnKnown', 'success', 'FailedOperation.IdNameMisMatch');
    const replies = fc.oneof(
      fc.jsonValue(),
      fc.record({ Response: fc.jsonValue() }),
      fc.record({
        Response: fc.record({ Result: fc.oneof(result, fc.jsonValue()), Sim: fc.oneof(fc.double(), fc.jsonValue()) }),
      }),
    );
    try {
      await fc.assert(
        fc.asyncProperty(replies, async (reply) => {
          body = JSON.stringify(reply);
          const answer = await ask(question);
          if (answer.kind !== 'compared') return;
          const { Response } = JSON.parse(body) as { Response: { Result: unknown; Sim: unknown } };
          expect(Response).toMatchObject({ Result: 'Success', Sim: answer.similarity });
          expect(answer.similarity).toBeGreaterThanOrEqual(0);
          expect(answer.similarity).toBeLessThanOrEqual(100);
        }),
        { numRuns: 150 },
      );
    } finally {
      await double.close();
    }
  });
});

describe('when nobody answers', () => {
  it('gives up on a server that hangs', async () => {
    expect(await askDouble('hang')).toEqual({ answer: { kind: 'unavailable' }, faults: ['transport'], count: 1 });
  });

  it('does not ask again where the connection broke after the question had been sent', async () => {
    expect(await askDouble('reset')).toEqual({ answer: { kind: 'unavailable' }, faults: ['transport'], count: 1 });
  });

  it('finds a closed port unavailable', async () => {
    const double = await startDouble(() => 'hang');
    await double.close();
    expect(await adapterFor(double.url, credentials)(question)).toEqual({ kind: 'unavailable' });
  });

  it('asks again, once, where the service turned the question away unheard', async () => {
    const limited = json({ Error: { Code: 'RequestLimitExceeded', Message: 'm' } });
    const double = await startDouble((_, count) => (count === 1 ? limited : json({ Result: 'Success', Sim: 88 })));
    expect(await adapterFor(double.url, credentials)(question)).toEqual({ kind: 'compared', similarity: 88 });
    expect(double.count()).toBe(2);
    await double.close();
    expect(await askDouble(limited)).toEqual({
      answer: { kind: 'unavailable' },
      faults: ['RequestLimitExceeded'],
      count: 2,
    });
  });

  it('does not send a picture above the limit', async () => {
    const { answer, count } = await askDouble(json({ Result: 'Success', Sim: 99 }), Buffer.alloc(2_400_000));
    expect({ answer, count }).toEqual({ answer: { kind: 'unavailable' }, count: 0 });
  });
});

describe('where it may ask', () => {
  it('sends no personal data in clear over a network', () => {
    const create = (endpoint: string) => () =>
      createTencentAuthority({ endpoint, protocol: 'http://', region: 'r', ...credentials });
    expect(create('faceid.tencentcloudapi.com')).toThrow(RangeError);
    expect(create('127.0.0.1.example.com')).toThrow(RangeError);
    expect(create('example.com:80/127.0.0.1')).toThrow(RangeError);
    expect(create('127.0.0.1:8080')).not.toThrow();
  });
});
