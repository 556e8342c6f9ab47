import sharp from 'sharp';
import type { AskAuthority } from '../../../cloudfunctions/_core/enrolment/authority';
import { samplePeople } from '../../../local/people';
import { fetchModels } from '../../../scripts/fetch-models';
import { adapterFor, idNumber, person, picture, startStandIn, temporaryFolder, type StandIn } from './stand-in';

const folder = temporaryFolder();
let models: string;
let authority: StandIn;
let ask: AskAuthority;
const faults: string[] = [];

beforeAll(async () => {
  models = await fetchModels();
  authority = await startStandIn(folder.path, models);
  ask = adapterFor(authority.url, authority.credentials, { onFault: (code) => faults.push(code), timeout: 20_000 });
}, 300_000);
afterAll(async () => {
  await authority.close();
  folder.remove();
});

/** Asks whether a selfie is the face of another entry's name and number. */
const asks = (claimed: string, selfie: Uint8Array) =>
  ask({ name: person(claimed).name, number: idNumber(person(claimed).idNumber), selfie });

describe('the adapter and the stand-in together', () => {
  it.each(samplePeople.map(({ id }) => id))('%s passes with each selfie', async (id) => {
    for (const name of ['selfie-1', 'selfie-2', 'selfie-3'] as const) {
      const answer = await asks(id, picture(id, name));
      expect(answer.kind === 'compared' && answer.similarity).toBeGreaterThanOrEqual(70);
    }
  });

  it.each([
    ['li-andong', 'shen-ruoxi'],
    ['li-andong', 'ciren-zhuoma'],
    ['li-andong', 'he-huilan'],
    ['shen-ruoxi', 'zhou-qiming'],
    ['aygul', 'bateer'],
    ['aygul', 'ciren-zhuoma'],
    ['aygul', 'lin-zhiyuan'],
  ])('the selfie of %s is not the face of %s, nor the other way round', async (one, other) => {
    for (const [claimed, shown] of [
      [one, other],
      [other, one],
    ] as const) {
      const answer = await asks(claimed, picture(shown, 'selfie-1'));
      expect(answer.kind).toBe('compared');
      expect(answer.kind === 'compared' && answer.similarity).toBeLessThan(50);
    }
  });

  it.each(samplePeople.map(({ id }, at) => [id, samplePeople.at(at - 1)?.id ?? id]))(
    'for %s, %s does not pass',
    async (claimed, shown) => {
      expect(shown).not.toBe(claimed);
      const answer = await asks(claimed, picture(shown, 'selfie-2'));
      expect(answer.kind === 'compared' && answer.similarity).toBeLessThan(70);
    },
  );

  it('says only that there is no record for an unknown number and for a wrong name', async () => {
    const selfie = picture('bateer', 'selfie-1');
    const { name, idNumber: number } = person('bateer');
    expect(await ask({ name, number: idNumber('11010519491231002X'), selfie })).toEqual({ kind: 'no_record' });
    expect(await ask({ name: '巴特', number: idNumber(number), selfie })).toEqual({ kind: 'no_record' });
  });

  it('names what is wrong with a picture without a face, with two, and with none at all', async () => {
    const blank = await sharp({ create: { width: 640, height: 640, channels: 3, background: '#8899aa' } })
      .jpeg()
      .toBuffer();
    const half = (id: string) => sharp(picture(id, 'selfie-1')).resize(480, 640).toBuffer();
    const two = await sharp({ create: { width: 960, height: 640, channels: 3, background: '#888' } })
      .composite([
        { input: await half('bateer'), left: 0, top: 0 },
        { input: await half('li-andong'), left: 480, top: 0 },
      ])
      .jpeg()
      .toBuffer();
    faults.length = 0;
    for (const selfie of [blank, two, Buffer.from('%PDF-1.7')]) {
      expect(await asks('bateer', selfie)).toEqual({ kind: 'selfie_unusable' });
    }
    expect(faults).toEqual([]);
  });

  it('grows with the likeness: the very portrait scores highest', async () => {
    const same = await asks('aygul', picture('aygul', 'portrait'));
    const selfie = await asks('aygul', picture('aygul', 'selfie-1'));
    expect(same).toEqual({ kind: 'compared', similarity: 100 });
    expect(selfie.kind === 'compared' && selfie.similarity).toBeLessThan(100);
  });
});

describe('enrolment in the register', () => {
  const number = idNumber('110105199003070017');
  const entry = { name: '样本', number, portrait: picture('shen-ruoxi', 'portrait') };

  it('is refused without a face, and leaves no entry', async () => {
    const blank = await sharp({ create: { width: 300, height: 400, channels: 3, background: '#fff' } })
      .jpeg()
      .toBuffer();
    expect(await authority.enrol({ ...entry, portrait: blank })).toBe('no_face');
    expect(await ask({ name: entry.name, number, selfie: entry.portrait })).toEqual({ kind: 'no_record' });
  });

  it('lasts over a restart, and a later portrait replaces the first', async () => {
    expect(await authority.enrol(entry)).toBe('enrolled');
    const again = await startStandIn(folder.path, models);
    const askAgain = adapterFor(again.url, again.credentials, { timeout: 20_000 });
    const selfie = picture('shen-ruoxi', 'selfie-3');
    try {
      const before = await askAgain({ name: entry.name, number, selfie });
      expect(before.kind === 'compared' && before.similarity).toBeGreaterThanOrEqual(70);
      expect(await again.enrol({ ...entry, portrait: picture('li-andong', 'portrait') })).toBe('enrolled');
      const after = await askAgain({ name: entry.name, number, selfie });
      expect(after.kind === 'compared' && after.similarity).toBeLessThan(50);
    } finally {
      await again.close();
    }
  });
});
