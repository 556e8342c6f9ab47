import { sampleStaff } from '../../local/ecosystem/partners';
import { looks, validators, type ListHistoryReply, type Look } from '../../protocol';
import { accepted, refusal, type Client } from '../support/ecosystem/client';
import { counts, databaseOf } from '../support/ecosystem/database';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import { enrol, type EnrolledHolder } from '../support/ecosystem/enrolment';
import { picturesOf } from '../support/ecosystem/pictures';
import { callFromProcesses } from '../support/ecosystem/processes';
import { openShowing, redeem } from '../support/ecosystem/showing';

const REPORTS = 50;
const PROCESSES = 4;

let world: EcosystemUnderTest;
let holder: EnrolledHolder;
let other: EnrolledHolder;
let staff: Client;
let colleague: Client;

beforeAll(async () => {
  world = await startEcosystemUnderTest();
  holder = await enrol(world.client('oHolderWithHistory'), picturesOf('lin-zhiyuan'));
  other = await enrol(world.client('oAnotherHolder'), picturesOf('shen-ruoxi'));
  [staff, colleague] = sampleStaff.map(({ openId }) => world.client(openId)) as [Client, Client];
}, START_TIMEOUT);
afterAll(() => world.close());

const check = async (of: EnrolledHolder): Promise<string> => {
  const showing = await openShowing(of.client, of.key);
  return (await accepted(redeem(staff, showing.code()), validators.RedeemCodeReply)).answer.eventId;
};
const report = (by: Client, eventId: string, look: Look = 'same'): Promise<unknown> =>
  by.ask('verifier', { action: 'reportLook', eventId, look });
const list = (client: Client, before?: unknown): Promise<unknown> =>
  client.ask('holder', { action: 'listHistory', ...(before !== undefined && { before }) });
const entriesOf = async (client: Client): Promise<ListHistoryReply['entries']> =>
  (await accepted(list(client), validators.ListHistoryReply)).entries;
const lookOf = async (client: Client, eventId: string): Promise<unknown> =>
  (await entriesOf(client)).find(({ id }) => id === eventId);

describe('a look', () => {
  it('is the terminal’s that made the check: to all others there is no such check', async () => {
    expect(sampleStaff[0]?.partner).toBe(sampleStaff[1]?.partner);
    const eventId = await check(holder);
    const before = await counts(world.cloud);
    expect(await refusal(report(colleague, eventId))).toEqual({ code: 'not_found' });
    expect(await refusal(report(staff, 'f'.repeat(32)))).toEqual({ code: 'not_found' });
    for (const client of [holder.client, other.client, world.client('oStranger')]) {
      expect(await refusal(report(client, eventId))).toEqual({ code: 'not_permitted' });
    }
    expect(await counts(world.cloud)).toEqual(before);
    expect(await lookOf(holder.client, eventId)).toMatchObject({ look: null });
  });

  it('is said of checks alone, not of what else the log holds', async () => {
    const { data } = (await databaseOf(world.cloud).collection('events').get()) as { data: { _id: string }[] };
    const checks = (await entriesOf(holder.client)).flatMap(({ kind, id }) => (kind === 'card_checked' ? [id] : []));
    const others = data.map(({ _id }) => _id).filter((id) => !checks.includes(id));
    // Two cards minted, and the pictures of two cases destroyed.
    expect(others.length).toBeGreaterThanOrEqual(4);
    for (const id of others) expect(await refusal(report(staff, id))).toEqual({ code: 'not_found' });
  });

  it('is one of fifty that come at once from four processes', async () => {
    const eventId = await check(holder);
    const before = (await counts(world.cloud))['events'] ?? 0;
    const orders = Array.from({ length: PROCESSES }, (_, process) => ({
      url: world.cloud.url,
      openId: staff.openId,
      name: 'verifier',
      events: Array.from({ length: Math.ceil((REPORTS - process) / PROCESSES) }, (__, at) => ({
        action: 'reportLook',
        eventId,
        look: looks[(at + process) % looks.length],
      })),
    }));
    const given = orders.flatMap(({ events }) => events.map(({ look }) => look));
    expect(given).toHaveLength(REPORTS);
    const replies = await callFromProcesses(orders);
    expect(((await counts(world.cloud))['events'] ?? 0) - before).toBe(1);
    const entry = await lookOf(holder.client, eventId);
    const kept = looks.find((look) => JSON.stringify(entry).includes(`"look":"${look}"`));
    expect(kept).toBeDefined();
    replies.forEach((reply, at) => {
      expect(reply).toEqual(
        given[at] === kept ? { ok: true, look: kept } : { ok: false, error: { code: 'wrong_step' } },
      );
    });
  });

  it('is not said by staff who are suspended, nor by those of a later day', async () => {
    const eventId = await check(holder);
    const records = databaseOf(world.cloud).collection('staff');
    const query = { partner: 'sample-parcel-shop', terminal: 'counter-1' };
    await records.where(query).update({ state: 'suspended' });
    expect(await refusal(report(staff, eventId))).toEqual({ code: 'not_permitted' });
    expect(await refusal(staff.ask('verifier', { action: 'describeTerminal' }))).toEqual({ code: 'not_permitted' });
    await records.where(query).update({ state: 'active' });
    await accepted(report(staff, eventId), validators.ReportLookReply);
  });
});

describe('a history', () => {
  it('is the caller’s own, wherever the caller says that it begins', async () => {
    const checked = await check(other);
    const [newest] = await entriesOf(other.client);
    expect(newest?.id).toBe(checked);
    const own = (await entriesOf(holder.client)).map(({ id }) => id);
    for (const before of [
      { at: (newest?.at ?? 0) + 1, id: 'f'.repeat(32) },
      newest && { at: newest.at, id: newest.id },
    ]) {
      const { entries } = await accepted(list(holder.client, before), validators.ListHistoryReply);
      expect(own).toEqual(expect.arrayContaining(entries.map(({ id }) => id)));
      expect(entries.map(({ id }) => id)).not.toContain(checked);
    }
  });

  it.each([
    ['$gt', { $gt: '' }],
    ['$ne', { $ne: null }],
    ['$where', { $where: 'true' }],
    ['$date', { $date: 0 }],
    ['a list', [{ at: 0, id: 'a1'.repeat(16) }]],
    ['an operator for the time', { at: { $lt: 1e15 }, id: 'a1'.repeat(16) }],
    ['a typed number for the time', { at: { $numberLong: '4102444800000' }, id: 'a1'.repeat(16) }],
    ['an operator for the id', { at: 4102444800000, id: { $gt: '' } }],
    ['a subject', { at: 4102444800000, id: 'a1'.repeat(16), subject: { $ne: '' } }],
    ['null', null],
  ])('does not begin at %s', async (_what, before) => {
    const { code, at } = await refusal(list(holder.client, before));
    expect(code).toBe('request_invalid');
    expect(at).toMatch(/^\/before/);
  });

  const events = () => databaseOf(world.cloud).collection('events');
  const replace = async (id: string, change: object): Promise<object> => {
    const { data } = (await events().where({ _id: id }).get()) as { data: { _id: string }[] };
    const { _id = '', ...rest } = data[0] ?? {};
    await events()
      .doc(_id)
      .set({ ...rest, ...change });
    return rest;
  };

  it('fails where an event was changed in the database, and tells all again where it is put right', async () => {
    const [first, second] = await entriesOf(other.client);
    if (!first || !second) throw new Error('too little has happened');
    const whole = await entriesOf(other.client);
    const { data } = (await events().where({ _id: second.id }).get()) as { data: { sealed: string }[] };
    const changes = [
      { sealed: 'AAAA' },
      // Its own time, moved; another event's content.
      { at: first.at + 1 },
      { sealed: data[0]?.sealed ?? '' },
    ];
    for (const change of changes) {
      const rest = await replace(first.id, change);
      expect(await refusal(list(other.client))).toEqual({ code: 'internal' });
      await events().doc(first.id).set(rest);
      expect(await entriesOf(other.client)).toEqual(whole);
    }
  });

  it('takes no event over from another holder', async () => {
    const [theirs] = await entriesOf(holder.client);
    if (!theirs) throw new Error('nothing has happened');
    const { data } = (await databaseOf(world.cloud).collection('identities').get()) as {
      data: { _id: string; card: { id: string } }[];
    };
    const subject = data.find(({ card }) => card.id === other.card.id)?._id ?? '';
    const rest = await replace(theirs.id, { subject });
    expect(await refusal(list(other.client))).toEqual({ code: 'internal' });
    await events().doc(theirs.id).set(rest);
    expect((await entriesOf(holder.client))[0]).toEqual(theirs);
  });
});
