import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { picturePath } from '../../local/people';
import { tracesIn, tracesOf } from '../support/ecosystem/personal-data';
import { person } from '../support/ecosystem/pictures';

const HOLDER = person('lin-zhiyuan');
const OTHER = person('shen-ruoxi');
const ROOT = join(__dirname, '../..');
/** A demonstration wakes all models. */
const TIMEOUT = 90_000;

interface Run {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}
interface Line {
  readonly step: string;
  readonly ok: boolean;
  readonly ms: number;
  readonly [finding: string]: unknown;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'demo-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const demo = (...words: readonly string[]): Promise<Run> =>
  new Promise((resolve, reject) => {
    const args = ['--import', 'tsx', 'local/demo/main.ts', '--data', join(folder, 'data'), ...words];
    // npm starts programs in the repository and tells in this variable where the user stands.
    const env = { ...process.env, INIT_CWD: folder };
    const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.once('error', reject);
    child.once('close', (exit) =>
      resolve({ exit, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }),
    );
  });

const linesOf = ({ out }: Run): readonly Line[] =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

it(
  'holds: exit 0, and with --json one object a line',
  async () => {
    const run = await demo('--json');
    expect(run.exit).toBe(0);
    const lines = linesOf(run);
    for (const { step, ok, ms } of lines) {
      expect([typeof step, ok]).toEqual(['string', true]);
      expect(Number.isInteger(ms) && ms >= 0).toBe(true);
    }
    expect(lines.map(({ step }) => step)).toEqual([
      'start',
      'consent',
      'document',
      'face',
      'card',
      'credential',
      'showing',
      'code',
      'check',
      'look',
      'replay',
      'second-showing',
      'second-code',
      'suspend',
      'check-suspended',
      'resume',
      'check-resumed',
      'history',
    ]);
    const found = (step: string): Line | undefined => lines.find((line) => line.step === step);
    expect(found('replay')?.['refused']).toBe('code_already_used');
    expect(found('check-suspended')?.['refused']).toBe('suspended');
    expect(found('check')?.['match']).toBe(found('showing')?.['match']);
    expect(found('history')?.['entries']).toEqual([
      'card_checked: 云栖路快递驿站 Yunqi Road Parcel Station, counter-1, look: not said',
      'card_resumed',
      'check_refused',
      'card_suspended',
      'check_refused',
      'card_checked: 云栖路快递驿站 Yunqi Road Parcel Station, counter-1, look: same',
      'card_minted',
      'evidence_destroyed',
    ]);
    expect(run.err).toBe('');
  },
  TIMEOUT,
);

it(
  'is refused: exit 1, with the code and what to do, and nothing personal',
  async () => {
    const run = await demo('--json', '--back', picturePath(HOLDER, 'card-front'));
    expect(run.exit).toBe(1);
    const last = linesOf(run).at(-1);
    expect(last).toMatchObject({ step: 'document', ok: false, code: 'wrong_side', picture: 'back' });
    expect(String(last?.['words']).length).toBeGreaterThan(20);
    expect(tracesIn(Buffer.from(run.out + run.err), tracesOf(HOLDER))).toEqual([]);
  },
  TIMEOUT,
);

it(
  'is refused at the face: what was read is said once, the refusal does not repeat it',
  async () => {
    const run = await demo('--selfie', picturePath(person('he-huilan'), 'card-back'));
    expect(run.exit).toBe(1);
    const refused = run.out.slice(run.out.indexOf('✗'));
    expect(refused).toMatch(/^✗ face: refused, no_face {2}\d+ ms\n {4}what to do/);
    expect(tracesIn(Buffer.from(refused + run.err), tracesOf(HOLDER))).toEqual([]);
  },
  TIMEOUT,
);

it(
  'goes to a person: exit 3, where the face is neither the same nor another',
  async () => {
    const run = await demo('--json', '--selfie', picturePath(OTHER, 'selfie-1'));
    const faces = linesOf(run).filter(({ step }) => step === 'face');
    for (const { similarity, band } of faces) {
      expect(band).toBe('review');
      expect(Number(similarity)).toBeGreaterThanOrEqual(0.42);
      expect(Number(similarity)).toBeLessThan(0.55);
    }
    expect(faces.map(({ outcome }) => outcome)).toEqual(['retake', 'retake', 'inReview']);
    expect(run.exit).toBe(3);
  },
  TIMEOUT,
);

it(
  'takes own pictures, by their paths from where the user stands, and enters their person into the register first',
  async () => {
    const at = (name: Parameters<typeof picturePath>[1]): string => relative(folder, picturePath(OTHER, name));
    const pictures = ['--front', at('card-front'), '--back', at('card-back'), '--selfie', at('selfie-2')];
    const run = await demo(...pictures);
    expect(run.exit).toBe(0);
    expect(run.out).toContain('authority: seeded from this card');
    expect(run.out).toContain(OTHER.name);
    expect(run.err).toBe('');
  },
  TIMEOUT,
);

describe('bad use: exit 2', () => {
  it.each<[string, string, () => readonly string[]]>([
    ['an option that is unknown', '--fornt', () => ['--fornt', 'x']],
    ['an option without its value', '--front', () => ['--front']],
    ['an option with a value too many', '--json', () => ['--json=yes']],
    ['a word too many', 'picture.jpg', () => ['picture.jpg']],
    ['a file that is not there', '--selfie', () => ['--selfie', 'missing.jpg']],
    ['a folder for a file', '--back', () => ['--back', '.']],
    [
      'a folder of somebody else’s for its state',
      '--data',
      () => {
        mkdirSync(join(folder, 'precious'), { recursive: true });
        writeFileSync(join(folder, 'precious', 'diary.txt'), 'x');
        return ['--data', 'precious'];
      },
    ],
  ])('%s is named', async (_what, named, words) => {
    const run = await demo(...words());
    expect(run).toMatchObject({ exit: 2, out: '' });
    expect(run.err.split('\n')[0]).toContain(named);
    expect(run.err).toContain('Usage: ');
  });

  it('a question for help is none', async () => {
    const run = await demo('--help');
    expect(run).toMatchObject({ exit: 0, err: '' });
    expect(run.out).toContain('--strict-authority');
  });
});
