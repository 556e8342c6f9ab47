import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { playKeyCompromise, type DrillStep } from '../../local/drill/key-compromise';
import { START_TIMEOUT } from '../support/ecosystem/ecosystem-under-test';

let dataDir = '';
const steps = new Map<DrillStep['step'], Omit<DrillStep, 'title'>>();

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'drill-'));
  await playKeyCompromise(dataDir, ({ title: _title, ...found }) => steps.set(found.step, found));
}, START_TIMEOUT);
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

describe('the theft of an issuing key', () => {
  const refused = 'refused: unknown_key';

  it.each<[DrillStep['step'], Partial<DrillStep>]>([
    ['mint', { old: 'valid', held: 'valid', standings: ['signing'], queued: 0 }],
    ['rotate', { old: 'valid', held: 'valid', second: 'valid', standings: ['overlap', 'signing'], queued: 0 }],
    // The lists that the old key signed are believed no more: in doubt, and never valid.
    ['compromise', { old: refused, held: refused, second: 'undetermined: unknown_key', queued: 0 }],
    ['publish', { old: refused, held: refused, second: 'valid', standings: ['refused', 'signing'], queued: 0 }],
    ['queue', { old: refused, held: refused, second: 'valid', queued: 1 }],
    ['renew', { old: refused, held: 'valid', second: 'valid', queued: 0 }],
    ['settle', { old: refused, held: 'valid', second: 'valid', queued: 0 }],
  ])('comes after the step “%s” to what strangers and phones are to find', (step, found) => {
    expect(steps.get(step)).toMatchObject(found);
  });

  it('has the next key published beside the old one, and the old one no more once it is compromised', () => {
    expect([...steps.values()].map(({ keys }) => keys.length)).toEqual([1, 2, 1, 1, 1, 1, 1]);
    const [before, between, after] = [...steps.values()].map(({ keys }) => keys);
    expect(between).toEqual([...(before ?? []), ...(after ?? [])]);
  });
});
