/**
 * Shows hostile files to the embedded proofing in a process of its own, so that its memory can be told. Prints one JSON line: for each
 * file what came of it, and by how much the process's peak memory rose.
 */
import { createEmbeddedProofing } from '../../../cloudfunctions/_adapters/embedded';
import { hostileFiles } from './hostile-files';

/** What came of one file. */
export interface Refusal {
  readonly name: string;
  readonly side: string;
  readonly face: string;
  /** By how much the peak memory of the process rose. */
  readonly megabytes: number;
}

async function run(models: string): Promise<void> {
  const proofing = await createEmbeddedProofing({ models });
  const files = await hostileFiles();
  // What decoding needs once and keeps is no cost of a hostile file.
  await proofing.readSide(files.get('a JPEG without its second half')?.bytes ?? new Uint8Array());
  const results: Refusal[] = [];
  for (const [name, { bytes }] of files) {
    const before = process.resourceUsage().maxRSS;
    const side = await proofing.readSide(bytes);
    const face = await proofing.measureFace(bytes);
    results.push({
      name,
      side: side.kind === 'fault' ? side.fault : side.kind,
      face: face.kind === 'fault' ? face.fault : face.kind,
      megabytes: (process.resourceUsage().maxRSS - before) / 1024,
    });
  }
  process.stdout.write(JSON.stringify(results));
}

run(process.argv[2] ?? '').catch((error: unknown) => {
  process.stderr.write(String(error));
  process.exitCode = 1;
});
