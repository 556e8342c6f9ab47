import { setTimeout as wait } from 'node:timers/promises';
import { heading } from '../report';
import type { BenchServer } from './server';
import { startServer } from './server';
import { soakResources, soakWorks, SOAK_FUNCTIONS } from './soak-works';

const DEFAULT_MINUTES = 10;
const SAMPLE_MS = 10_000;
/** How long each caller rests between two works: a soak asks for time, not for speed. */
const REST_MS = 20;
/** Four times what the server needs: with room to spare, Node would put off collecting and memory would tell nothing. */
const HEAP = '--max-old-space-size=48';

interface Sample {
  readonly seconds: number;
  readonly memory: number;
  readonly openFiles: number;
  readonly children: number;
  readonly works: number;
}

/** Keeps a server busy with all that it does, and prints whether its memory, files and processes stay what they are. */
export const soakCloud = async ([minutes = String(DEFAULT_MINUTES)]: readonly string[]): Promise<void> => {
  const lasts = Number(minutes) * 60_000;
  if (!(lasts > 0)) throw new Error('npm run bench -- cloud-soak [minutes]');
  const server = await startServer({ resources: soakResources, functions: SOAK_FUNCTIONS, node: [HEAP] });
  try {
    const works = await soakWorks(server);
    heading(
      `Everything at once for ${minutes} minutes, by ${String(works.length)} callers through @cloudbase/node-sdk`,
    );
    process.stdout.write('  seconds   memory MB   files   processes   works\n');
    const end = performance.now() + lasts;
    let done = 0;
    const callers = works.map(async (work) => {
      while (performance.now() < end) {
        await work();
        done += 1;
        await wait(REST_MS);
      }
    });
    const [samples] = await Promise.all([watch(server, end, () => done), ...callers]);
    const late = samples.slice(Math.floor(samples.length / 3));
    const perMinute = slope(late.map(({ seconds, memory }) => [seconds / 60, memory]));
    process.stdout.write(`memory over the last two thirds: ${perMinute.toFixed(2)} MB a minute\n`);
  } finally {
    await server.close();
  }
};

const watch = async (server: BenchServer, end: number, works: () => number): Promise<Sample[]> => {
  const begun = performance.now();
  const samples: Sample[] = [];
  while (performance.now() < end) {
    await wait(Math.min(SAMPLE_MS, Math.max(0, end - performance.now())));
    const sample = {
      seconds: (performance.now() - begun) / 1000,
      memory: server.memory(),
      openFiles: server.openFiles(),
      children: server.children(),
      works: works(),
    };
    samples.push(sample);
    const { seconds, memory, openFiles, children } = sample;
    const figures = [seconds.toFixed(0).padStart(9), memory.toFixed(1).padStart(11), String(openFiles).padStart(7)];
    process.stdout.write(`${[...figures, String(children).padStart(11), String(works()).padStart(7)].join(' ')}\n`);
  }
  return samples;
};

/** The slope of the line that lies nearest to some points. */
const slope = (points: readonly (readonly [number, number])[]): number => {
  const mean = (figures: readonly number[]): number =>
    figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
  const [x, y] = [mean(points.map(([at]) => at)), mean(points.map(([, figure]) => figure))];
  const spread = points.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
  return points.reduce((sum, [at, figure]) => sum + (at - x) * (figure - y), 0) / spread;
};
