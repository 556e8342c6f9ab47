import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aggregationCases } from './cases/aggregation';
import { documentCases } from './cases/documents';
import { fileCases, functionCases } from './cases/files-and-functions';
import { transactionCases } from './cases/transactions';
import { readRecord, writeRecord, type RecordedShape } from './record';
import { shapeOf } from './shape';
import { caseName, parityTable } from './table';
import { openTarget, type ParityTarget } from './target';

const cases = [...documentCases, ...aggregationCases, ...transactionCases, ...fileCases, ...functionCases];
const isRecording = process.env['PARITY_RECORD'] !== undefined;
const record = readRecord();
const seen: Record<string, RecordedShape> = {};
let target: ParityTarget;

beforeAll(async () => {
  target = await openTarget();
});
afterAll(async () => {
  if (isRecording) writeRecord(seen);
  await target.close();
}, 60_000);

it.each(cases.map((one) => [`${one.area}: the server ${one.name}`, one] as const))(
  '%s',
  async (_title, one) => {
    const shape = shapeOf(await one.run(target.world), target.world.mark);
    seen[caseName(one)] = { seen: target.kind, shape };
    if (!isRecording) expect(shape).toEqual(record[caseName(one)]?.shape);
  },
  120_000,
);

it('has a record for every case, and none besides', () => {
  if (isRecording) return;
  expect(Object.keys(record).sort()).toEqual(cases.map(caseName).sort());
});

/** A row of a table without the spaces that a formatter lines its columns up with. */
const tight = (row: string): string => row.replaceAll(/ +\|/g, ' |');

it('stands row by row in the README of the local CloudBase', () => {
  const readme = readFileSync(join(__dirname, '..', '..', 'local', 'cloud', 'README.md'), 'utf8');
  const rows = readme.split('\n').map(tight);
  expect(rows).toEqual(expect.arrayContaining([...parityTable(cases, record)]));
  expect(rows.filter((row) => /\| (seen|unknown) \|$/.test(row))).toHaveLength(cases.length);
});
