import { createCode, type ShowingHandle } from '../../../protocol';
import type { DescribedCaller } from '../../../cloudfunctions/_core/institutions/describe-server';
import { failing } from '../../support/asynchronous';
import {
  bank,
  bankApp,
  createInstitutionWorld,
  keyed,
  laterInstitutionPorts,
  problemIn,
  railway,
  type InstitutionWorld,
  type Sent,
} from '../../support/institution-world';
import { newKeyPair } from '../../support/key-pair';
import { show } from '../../support/showing-world';

const PURPOSE = 'parcel-pickup';

/** What a call comes to, and how often it asked what is stored. */
const cost = async (world: InstitutionWorld, caller: DescribedCaller, line: string, sent: Sent = {}) => {
  const counted = failing(world.ports, laterInstitutionPorts, null);
  const { status, body } = await world.ask(caller, line, sent, counted.ports);
  return { status, body, calls: counted.calls() };
};

/** A bank's check of a card, and a counter of the bank's that its holder could scan. */
const made = async () => {
  const world = createInstitutionWorld();
  const { code } = await show(world, PURPOSE);
  const order = { code: code(), purpose: PURPOSE, counter: '1' };
  const { body } = await world.ask(bank, 'POST /verifications', { body: order, headers: keyed() });
  const opened = await world.ask(bank, 'POST /counters', { body: { purpose: PURPOSE, counter: '1' } });
  const { id, reference } = body as unknown as { readonly id: string; readonly reference: string };
  return { world, id, reference, session: String(opened.body['session']) };
};

const NOBODYS = '0'.repeat(32);

describe('who guesses hears and costs the same, whether or not there is such a thing', () => {
  it.each([
    ['a check', (id: string) => `GET /verifications/${id}`, {}],
    ['a look', (id: string) => `POST /verifications/${id}/look`, { body: { look: 'same' } }],
  ] as const)('by the name of %s', async (_what, lineOf, sent) => {
    const { world, id } = await made();
    const none = await cost(world, railway, lineOf(NOBODYS), sent);
    expect(none).toMatchObject({ status: 404, calls: 2 });
    for (const caller of [railway, bankApp]) expect(await cost(world, caller, lineOf(id), sent)).toEqual(none);
  });

  it('by the name of a session', async () => {
    const { world, session } = await made();
    const none = await cost(world, railway, `GET /counters/${'A'.repeat(22)}`);
    expect(none).toMatchObject({ status: 404, calls: 2 });
    for (const caller of [railway, bankApp])
      expect(await cost(world, caller, `GET /counters/${session}`)).toEqual(none);
  });

  it('by a reference; and where it is one, at no more cost', async () => {
    const { world, reference } = await made();
    const none = await cost(world, railway, `GET /cards/${'A'.repeat(86)}/status`);
    expect(none).toMatchObject({ status: 200, body: { status: 'unknown' }, calls: 2 });
    expect(await cost(world, railway, `GET /cards/${reference}/status`)).toEqual(none);
    const own = await cost(world, bank, `GET /cards/${reference}/status`);
    expect(own).toMatchObject({ body: { status: 'valid' }, calls: none.calls });
  });

  it('by a code that another key signed, for a showing that is open and for one that there is not', async () => {
    const world = createInstitutionWorld();
    const { handle } = await show(world, PURPOSE);
    const { sign } = newKeyPair();
    const issuedAt = Math.floor(world.clock.now() / 1000);
    const guess = async (guessed: ShowingHandle, key: number) => {
      const before = world.verified();
      const body = { code: createCode({ handle: guessed, issuedAt, sign }), purpose: PURPOSE, counter: '1' };
      const told = await cost(world, bank, 'POST /verifications', { body, headers: keyed(key) });
      return { ...told, signatures: world.verified() - before };
    };
    const none = await guess('AAAAAAAAAAAAAAAAAAAAAA' as ShowingHandle, 1);
    expect(none).toMatchObject({ status: 422, body: { code: 'code_not_recognised' }, signatures: 1 });
    expect(await guess(handle, 2)).toEqual(none);
    expect(world.events.ofKind('card_checked')).toEqual([]);
  });

  it('by a number, which no server’s order takes', async () => {
    const { world } = await made();
    const body = { code: '123456', purpose: PURPOSE, counter: '1' };
    const reply = await world.ask(bank, 'POST /verifications', { body, headers: keyed(5) });
    expect(problemIn(reply)).toBe('code_not_recognised');
  });
});
