import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampleRegister } from '../../local/authority';
import { samplePartners, sampleStaff } from '../../local/ecosystem/partners';
import { validators, type ListHistoryReply } from '../../protocol';
import { accepted, type Client } from '../support/ecosystem/client';
import { databaseOf } from '../support/ecosystem/database';
import {
  START_TIMEOUT,
  startEcosystemUnderTest,
  type EcosystemUnderTest,
} from '../support/ecosystem/ecosystem-under-test';
import {
  begin,
  enrol,
  mint,
  prove,
  readCase,
  submitDocument,
  submitSelfie,
  upload,
  type EnrolledHolder,
} from '../support/ecosystem/enrolment';
import {
  filesBelow,
  findingsBelow,
  traceOf,
  traceOfBytes,
  tracesIn,
  tracesOf,
  type Trace,
} from '../support/ecosystem/personal-data';
import { person, picture, picturesOf } from '../support/ecosystem/pictures';
import { openShowing, redeem } from '../support/ecosystem/showing';

const HOLDER = person('bateer');
const REVIEWED = person('lin-zhiyuan');
const UNREGISTERED = person('aygul');
const OPEN_IDS = [
  'oMarkedHolderOfTheCard',
  'oMarkedHolderInReview',
  'oMarkedHolderRefused',
  'oMarkedSecondAccount',
  'oMarkedStranger',
] as const;

let world: EcosystemUnderTest;
let holder: EnrolledHolder;
let portrait: Buffer;
let history: ListHistoryReply;
/** Replies that refuse, as they came. */
const refusals: unknown[] = [];
/** What this process itself wrote while the story was told. */
let written = '';

const client = (at: number): Client => world.client(OPEN_IDS[at] ?? '');
const keep = async (reply: Promise<unknown>): Promise<void> => {
  const given = await reply;
  if (validators.RefusedReply(given)) refusals.push(given);
};

const listenToOwnOutput = (): (() => void) => {
  const spies = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation((chunk) => {
      written += String(chunk);
      return true;
    }),
  );
  return () => {
    for (const spy of spies) spy.mockRestore();
  };
};

/** The whole story, and every way in which it can end badly. */
const tell = async (): Promise<void> => {
  holder = await enrol(client(0), picturesOf(HOLDER.id));
  const staff = world.client(sampleStaff[0]?.openId ?? '');
  const showing = await openShowing(holder.client, holder.key);
  const { answer } = await accepted(redeem(staff, showing.code()), validators.RedeemCodeReply);
  portrait = Buffer.from(answer.portrait ?? '', 'base64');
  const say = (look: string, by = staff): Promise<unknown> =>
    by.ask('verifier', { action: 'reportLook', eventId: answer.eventId, look });
  await accepted(say('different'), validators.ReportLookReply);
  await keep(say('same'));
  await keep(say('same', world.client(sampleStaff[1]?.openId ?? '')));
  history = await accepted(holder.client.ask('holder', { action: 'listHistory' }), validators.ListHistoryReply);
  await keep(client(4).ask('holder', { action: 'listHistory' }));
  await keep(redeem(staff, showing.code()));
  await keep(redeem(client(4), showing.code()));

  // To a person: three selfies of somebody who might be the same.
  const inReview = await readCase(client(1), picturesOf(REVIEWED.id));
  for (let selfie = 0; selfie < 3; selfie += 1) {
    await submitSelfie(client(1), inReview, picture('shen-ruoxi', 'selfie-1'));
  }
  // Refused by the authority for good.
  const refused = await readCase(client(2), picturesOf(UNREGISTERED.id));
  await keep(submitSelfie(client(2), refused, picture(UNREGISTERED.id, 'selfie-1')));
  await keep(client(2).ask('holder', { action: 'mintCard', caseId: refused, proof: 'AAAA' }));
  // The same person from another account, and one document that disagrees with itself.
  const second = await prove(client(3), picturesOf(HOLDER.id));
  await keep(mint(second.client, second.caseId, holder.proof));
  await keep(mint(client(4), holder.caseId, holder.proof));
  const { caseId } = await begin(client(4));
  const turned = { front: picture(HOLDER.id, 'card-back'), back: picture(HOLDER.id, 'card-front') };
  await keep(submitDocument(client(4), caseId, turned));
  // Its last tries, on files that are not there: the case ends and its pictures with it.
  const folder = `cloud://local-wechat-id.6c6f-local-wechat-id-1300000000/evidence/${caseId}`;
  const readNothing = () =>
    keep(
      client(4).ask('holder', { action: 'readDocument', caseId, front: `${folder}/a.jpg`, back: `${folder}/b.jpg` }),
    );
  for (let tries = 0; tries < 5; tries += 1) await readNothing();
  // What nobody foresaw: a record that does not open.
  await databaseOf(world.cloud).collection('cases').where({ _id: caseId }).update({ sealed: 'AAAA' });
  await readNothing();
};

beforeAll(async () => {
  const registered = sampleRegister().filter(({ number }) => number !== UNREGISTERED.idNumber);
  world = await startEcosystemUnderTest({ people: registered });
  const stopListening = listenToOwnOutput();
  await tell().finally(stopListening);
}, START_TIMEOUT);
afterAll(() => world.close());

const people = [HOLDER, REVIEWED, UNREGISTERED];

/** Everything that must stay among holder, service and authority. */
const traces = (): readonly Trace[] => [
  ...people.flatMap(tracesOf),
  ...OPEN_IDS.map((openId) => traceOf('open id', openId)),
  traceOf('open id', sampleStaff[0]?.openId ?? ''),
  // What follows the headers of a JPEG is like no other.
  traceOfBytes('portrait', portrait.subarray(-80, -32)),
  ...people.flatMap(({ id }) =>
    (['card-front', 'card-back', 'selfie-1'] as const).map((name) =>
      traceOfBytes('uploaded picture', picture(id, name).subarray(20_000, 20_048)),
    ),
  ),
  traceOfBytes('uploaded picture', picture('shen-ruoxi', 'selfie-1').subarray(20_000, 20_048)),
];

const filesFolder = (): string => join(world.dataDir, 'cloud', 'files');

describe('after the story', () => {
  it('the story was told: a card, a check, a review, refusals of many kinds, an error', () => {
    const codes = refusals.map((reply) => (validators.RefusedReply(reply) ? reply.error.code : ''));
    expect(new Set(codes)).toEqual(
      new Set([
        'code_already_used',
        'not_permitted',
        'authority_no_record',
        'wrong_step',
        'key_proof_invalid',
        'not_found',
        'wrong_side',
        'file_not_found',
        'internal',
      ]),
    );
    expect(portrait.length).toBeGreaterThan(1000);
    expect(world.log.entries('CALL_FAILED')).toHaveLength(1);
  });

  it('no byte of database, write-ahead log and storage is personal', () => {
    const files = filesBelow(join(world.dataDir, 'cloud'));
    expect(files).toEqual(expect.arrayContaining(['cloud.db', 'cloud.db-wal']));
    expect(findingsBelow(join(world.dataDir, 'cloud'), traces())).toEqual([]);
  });

  it('no byte of it tells what happened to a card', () => {
    // The staff's records alone tell of shops and terminals, and a showing of its own.
    for (const file of ['cloud.db', 'cloud.db-wal']) {
      const bytes = readFileSync(join(world.dataDir, 'cloud', file));
      for (const word of ['card_checked', 'card_minted', 'check_refused', 'passes_issued']) {
        expect([word, bytes.includes(word)]).toEqual([word, false]);
      }
    }
  });

  it('the history tells of shops and looks, and of no person', () => {
    expect(history.entries.map(({ kind }) => kind)).toEqual(['card_checked', 'card_minted', 'evidence_destroyed']);
    expect(history.entries[0]).toMatchObject({ partner: samplePartners[0]?.names, look: 'different' });
    expect(tracesIn(Buffer.from(JSON.stringify(history)), traces())).toEqual([]);
  });

  it('nothing is kept in storage but what a reviewer needs, and that is sealed', () => {
    // Both sides and three selfies of the one case in review.
    const kept = filesBelow(filesFolder());
    expect(kept).toHaveLength(5);
    for (const file of kept) {
      const content = readFileSync(join(filesFolder(), file)).toString('latin1');
      expect(content).toMatch(/^[A-Za-z0-9+/=]+\n[A-Za-z0-9+/=]+$/);
    }
  });

  it('no log line is personal, on either stream of any function', () => {
    const functions = new Set(world.log.lines.map((line) => line.function));
    expect([...functions].sort()).toEqual(['holder', 'proofing', 'verifier']);
    const text = world.log.lines.map(({ line }) => line).join('\n');
    expect(tracesIn(Buffer.from(text), traces())).toEqual([]);
    expect(world.log.lines.filter(({ stream }) => stream === 'stderr')).toEqual([]);
  });

  it('no refusal is personal, and none says more than its schema', () => {
    expect(tracesIn(Buffer.from(JSON.stringify(refusals)), traces())).toEqual([]);
  });

  it('the program itself wrote nothing', () => {
    expect(written).toBe('');
  });

  it('what the cloud tells about itself is not personal', async () => {
    for (const path of ['/_local/state', '/_local/logs?since=0']) {
      const text = await (await fetch(world.cloud.url + path)).text();
      expect(tracesIn(Buffer.from(text), traces())).toEqual([]);
    }
  });
});

describe('the search', () => {
  it('finds what is there, in every spelling', () => {
    const hidden = [
      '姓名巴特尔',
      Buffer.from('姓名：巴特尔').toString('base64'),
      Buffer.from('{"name":"巴特尔"}').toString('base64url'),
      '\\u5df4\\u7279\\u5c14',
      Buffer.from('巴特尔').toString('hex'),
      encodeURIComponent('巴特尔'),
    ];
    for (const text of hidden) expect(tracesIn(Buffer.from(text), tracesOf(HOLDER))).toEqual(['name']);
    expect(tracesIn(Buffer.from('x巴特尔', 'utf16le'), tracesOf(HOLDER))).toEqual(['name']);
    expect(tracesIn(Buffer.from('1986.01.29'), tracesOf(HOLDER))).toEqual(['birth date']);
    expect(tracesIn(Buffer.from('nothing of anybody'), traces())).toEqual([]);
  });

  it('finds the people in the authority’s register, which is the outside party’s', () => {
    const found = findingsBelow(join(world.dataDir, 'authority'), traces());
    expect(found).toEqual(expect.arrayContaining(['name in register.db', 'number in register.db']));
  });

  it('finds a picture that was uploaded and not yet decided on', async () => {
    const { caseId } = await begin(client(4));
    const files = filesBelow(filesFolder()).length;
    await upload(client(4), caseId, picture(HOLDER.id, 'selfie-1'));
    expect(filesBelow(filesFolder())).toHaveLength(files + 1);
    expect(findingsBelow(filesFolder(), traces())).toHaveLength(1);
  });
});
