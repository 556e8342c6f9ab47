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
  (await entriesOf(client)).find((entry) => 'id' in entry && entry.id === eventId);

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
    const checks = (await entriesOf(holder.client)).flatMap((entry) =>
      entry.kind === 'card_checked' ? [entry.id] : [],
    );
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

/** The entries that are stored. */
const storedOf = async (client: Client) => (await entriesOf(client)).flatMap((entry) => ('id' in entry ? [entry] : []));

describe('a history', () => {
  it('is the caller’s own, wherever the caller says that it begins', async () => {
    const checked = await check(other);
    const [newest] = await storedOf(other.client);
    expect(newest?.id).toBe(checked);
    const own = await entriesOf(holder.client);
    for (const before of [1, 2, 1_000_000_000]) {
      const { entries } = await accepted(list(holder.client, before), validators.ListHistoryReply);
      expect(entries).toEqual(own.filter(({ number }) => number < before));
    }
  });

  it.each([
    ['$gt', { $gt: '' }],
    ['$ne', { $ne: null }],
    ['$where', { $where: 'true' }],
    ['$date', { $date: 0 }],
    ['a list', [1]],
    ['a typed number', { $numberLong: '7' }],
    ['nought', 0],
    ['a fraction', 1.5],
    ['a text', '7'],
    ['a number without end', 1e300],
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
    const [first, second] = await storedOf(other.client);
    if (!first || !second) throw new Error('too little has happened');
    const whole = await entriesOf(other.client);
    const { data } = (await events().where({ _id: second.id }).get()) as { data: { sealed: string }[] };
    for (const change of [{ sealed: 'AAAA' }, { sealed: data[0]?.sealed ?? '' }, { sealed: '' }]) {
      const rest = await replace(first.id, change);
      expect(await refusal(list(other.client))).toEqual({ code: 'internal' });
      await events().doc(first.id).set(rest);
      expect(await entriesOf(other.client)).toEqual(whole);
    }
    // Its time stands within the seal: moving what stands beside it moves nothing.
    const rest = await replace(first.id, { at: first.at + 1 });
    expect(await entriesOf(other.client)).toEqual(whole);
    await events().doc(first.id).set(rest);
  });

  it('takes no event over from another holder', async () => {
    const [theirs] = await storedOf(holder.client);
    const [own] = await storedOf(other.client);
    if (!theirs || !own) throw new Error('nothing has happened');
    const { data } = (await events().where({ _id: theirs.id }).get()) as { data: { sealed: string }[] };
    const rest = await replace(own.id, { sealed: data[0]?.sealed ?? '' });
    expect(await refusal(list(other.client))).toEqual({ code: 'internal' });
    await events().doc(own.id).set(rest);
    expect((await storedOf(holder.client))[0]).toEqual(theirs);
  });

  it('ties no stored event to a person, an account or another event of the same person', async () => {
    const stored = async (name: string): Promise<readonly { _id: string; account?: string }[]> =>
      ((await databaseOf(world.cloud).collection(name).limit(1000).get()) as { data: { _id: string }[] }).data;
    const people = (await stored('identities')).flatMap(({ _id, account = '' }) => [_id, account]);
    const told = JSON.stringify(await stored('events'));
    expect(people.length).toBeGreaterThanOrEqual(4);
    for (const key of people) expect(told).not.toContain(key);
    expect(told).not.toContain(holder.card.id);
  });
});
