import { execFileSync } from 'node:child_process';
import { builtFiles } from '../local/ecosystem/built-files';
import { functionEnvironments } from '../local/ecosystem/function-environments';
import { loadSecrets } from '../local/ecosystem/secrets';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resources } from '../cloudfunctions/resources';
import { heading, ratio } from './report';
import { median } from './timing';

const RUNS = 7;

/** Milliseconds that a fresh process spends in `require()` of a file. */
const loadTime = (file: string | null, environment: Readonly<Record<string, string>>): number => {
  const script = `const before = process.hrtime.bigint(); ${file === null ? '' : `require(${JSON.stringify(file)});`}
    process.stdout.write(String(Number(process.hrtime.bigint() - before) / 1e6)); process.exit(0)`;
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const before = performance.now();
    const inside = Number(
      execFileSync(process.execPath, ['-e', script], { env: { ...environment }, encoding: 'utf8' }),
    );
    times.push(file === null ? performance.now() - before : inside);
  }
  return median(times);
};

/** How long each function takes to load, against the start of Node itself. */
export const benchModuleLoad = (): void => {
  const folder = mkdtempSync(join(tmpdir(), 'wechat-id-bench-'));
  const secrets = loadSecrets(folder);
  rmSync(folder, { recursive: true });
  const authority = {
    endpoint: '127.0.0.1:9',
    protocol: 'http://',
    region: 'ap-guangzhou',
    secretId: 'a',
    secretKey: 'b',
  };
  const environmentOf = functionEnvironments(secrets, JSON.stringify(authority));
  const platform = {
    TCB_ENV: 'local-bench',
    SCF_NAMESPACE: 'local-bench',
    TENCENTCLOUD_RUNENV: 'SCF',
    TENCENTCLOUD_REGION: 'local',
  };
  heading('Loading a function (median of a fresh process each)');
  const bare = loadTime(null, platform);
  for (const { name } of resources.functions) {
    const environment = { ...platform, ...environmentOf(name, 'https://issuer.example') };
    ratio(name, loadTime(join(builtFiles.functions, name), environment), 'an empty Node process', bare, 'ms');
  }
};
