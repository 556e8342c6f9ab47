/**
 * How much of the cards in a folder is read right, by condition and field, and how long a side takes.
 * `npx tsx bench/accuracy.ts --cards DIR [--only CONDITION] [--misses]`
 *
 * DIR holds `<i>_f_<condition>.jpg`, `<i>_b_<condition>.jpg` and `truth.json`, a list of what each card says.
 */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createEmbeddedProofing } from '../cloudfunctions/_adapters/embedded';
import type { ReadFields, SideReading } from '../cloudfunctions/_core/proofing/ports';
import type { FieldName } from '../protocol/wire/refusal';
import { fetchModels } from '../scripts/fetch-models';

interface Truth {
  readonly i: number;
  readonly name: string;
  readonly sex: string;
  readonly nation: string;
  readonly birth: readonly [number, number, number];
  readonly address: string;
  readonly id: string;
  readonly authority: string;
  readonly valid: string;
}

function parseTruths(json: string): Truth[] {
  const list: unknown = JSON.parse(json);
  if (!Array.isArray(list) || !list.every(isTruth)) throw new Error('truth.json is no list of what the cards say');
  return list;
}

function isTruth(value: unknown): value is Truth {
  const texts: readonly (keyof Truth)[] = ['name', 'sex', 'nation', 'address', 'id', 'authority', 'valid'];
  if (typeof value !== 'object' || value === null) return false;
  const entries = new Map<string, unknown>(Object.entries(value));
  return texts.every((key) => typeof entries.get(key) === 'string') && Array.isArray(entries.get('birth'));
}

type Expected = Partial<Record<FieldName, string>>;

function expectedOf(truth: Truth, side: string): Expected {
  const iso = (date: string): string => date.replaceAll('.', '-');
  const [from = '', to = ''] = truth.valid.split('-');
  const [year, month, day] = truth.birth.map(String);
  return side === 'b'
    ? { issuingAuthority: truth.authority, validFrom: iso(from), validTo: iso(to) }
    : {
        name: truth.name,
        sex: truth.sex,
        ethnicity: truth.nation,
        birthDate: `${year ?? ''}-${(month ?? '').padStart(2, '0')}-${(day ?? '').padStart(2, '0')}`,
        address: truth.address,
        number: truth.id,
      };
}

/** Confidence below which the service asks for another picture. */
const unsure = 0.6;

/** Counts of one condition. */
interface Tally {
  sides: number;
  milliseconds: number[];
  wrongSide: number;
  portraits: number;
  readonly fields: Map<string, { right: number; of: number }>;
}

const fieldsOf = (reading: SideReading): ReadFields =>
  reading.kind === 'front' || reading.kind === 'back' ? reading.fields : {};

function count(
  tally: Tally,
  reading: SideReading,
  side: string,
  expected: Expected,
  onMiss: (what: string) => void,
): void {
  const kind = side === 'f' ? 'front' : 'back';
  tally.sides++;
  if (reading.kind !== kind) {
    tally.wrongSide++;
    onMiss(`side: ${reading.kind} for ${kind}`);
  }
  if (reading.kind === 'front' && reading.portrait !== null) tally.portraits++;
  const read: Readonly<Record<string, { value: string; confidence: number } | undefined>> = fieldsOf(reading);
  for (const [field, value] of Object.entries(expected)) {
    const cell = tally.fields.get(field) ?? { right: 0, of: 0 };
    cell.of++;
    const got = read[field];
    if (got?.value === value) {
      cell.right++;
      if (got.confidence < unsure) onMiss(`${field}: right but unsure (${got.confidence.toFixed(2)})`);
    } else
      onMiss(`${field}: ${got === undefined ? 'nothing' : `${got.value} (${got.confidence.toFixed(2)})`} for ${value}`);
    tally.fields.set(field, cell);
  }
}

function report(tallies: ReadonlyMap<string, Tally>): void {
  const percent = (part: number, whole: number): string => ((100 * part) / Math.max(1, whole)).toFixed(0).padStart(4);
  const fields = [
    'name',
    'sex',
    'ethnicity',
    'birthDate',
    'address',
    'number',
    'issuingAuthority',
    'validFrom',
    'validTo',
  ];
  process.stdout.write(
    `${'condition'.padEnd(12)} sides wrong ${fields.map((f) => f.slice(0, 9).padStart(9)).join('')} portrait median-ms\n`,
  );
  for (const [condition, { sides, wrongSide, portraits, milliseconds, fields: cells }] of tallies) {
    const columns = fields
      .map((field) => percent(cells.get(field)?.right ?? 0, cells.get(field)?.of ?? 0).padStart(9))
      .join('');
    const middle = [...milliseconds].sort((a, b) => a - b)[milliseconds.length >> 1] ?? 0;
    const portrait = percent(portraits, cells.get('name')?.of ?? 0).padStart(8);
    process.stdout.write(
      `${condition.padEnd(12)} ${String(sides).padStart(5)} ${String(wrongSide).padStart(5)} ${columns} ${portrait} ${middle.toFixed(0).padStart(9)}\n`,
    );
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { cards: { type: 'string' }, only: { type: 'string' }, misses: { type: 'boolean', default: false } },
  });
  if (values.cards === undefined)
    throw new Error('usage: npx tsx bench/accuracy.ts --cards DIR [--only CONDITION] [--misses]');
  const folder = values.cards;
  const truths = parseTruths(await readFile(join(folder, 'truth.json'), 'utf8'));
  const { readSide } = await createEmbeddedProofing({ models: await fetchModels() });
  const tallies = new Map<string, Tally>();
  for (const file of (await readdir(folder)).sort()) {
    const [, index, side, condition] = /^(\d+)_([fb])_(\w+)\.jpg$/.exec(file) ?? [];
    const truth = truths.find(({ i }) => String(i) === index);
    if (truth === undefined || side === undefined || condition === undefined) continue;
    if (values.only !== undefined && values.only !== condition) continue;
    const bytes = await readFile(join(folder, file));
    const tally: Tally = tallies.get(condition) ?? {
      sides: 0,
      milliseconds: [],
      wrongSide: 0,
      portraits: 0,
      fields: new Map(),
    };
    tallies.set(condition, tally);
    const start = performance.now();
    const reading = await readSide(bytes);
    tally.milliseconds.push(performance.now() - start);
    count(tally, reading, side, expectedOf(truth, side), (what) => {
      if (values.misses) process.stdout.write(`${file} ${what}\n`);
    });
  }
  report(tallies);
  process.stdout.write(`peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
