import { packageCommand, run, typeScriptCommand } from './child.mjs';
import { check, checks } from './check.mjs';
import { installBrowser } from './install-browser.mjs';
import { prepare } from './prepare.mjs';

/** Programs that run on a ready repository; whatever follows the task's name is theirs. */
const programs = {
  start: (args) => typeScriptCommand('local/stage/main.ts', ...args),
  test: (args) => packageCommand('jest/bin/jest.js', ...args),
  demo: (args) => typeScriptCommand('local/demo/main.ts', ...args),
  bench: (args) => typeScriptCommand('bench/main.ts', ...args),
};

const usage = `node scripts/run.mjs <task> [arguments]
  build | models | check | ${Object.keys(programs).join(' | ')}
  a single check: ${Object.keys(checks).join(' | ')}
`;

/**
 * @param {readonly string[]} argv the task, and its arguments
 * @returns {Promise<number>} the exit code
 */
export const main = async ([task = '', ...args]) => {
  if (task === 'models') return prepare({ build: false });
  if (task === 'build') {
    const code = await prepare({ build: false });
    const built = code || (await run(typeScriptCommand('scripts/build.ts', ...args), { output: 'progress' }));
    return built || run(typeScriptCommand('scripts/compile-miniprogram.ts'), { output: 'progress' });
  }
  const isCheck = task === 'check' || Object.hasOwn(checks, task);
  if (!isCheck && !Object.hasOwn(programs, task)) {
    process.stderr.write(usage);
    return 2;
  }
  // Most single checks read sources alone.
  const code = await prepare({
    build: !isCheck || task === 'check' || task === 'miniprogram',
    compile: task === 'test' || args.includes('--compiled'),
  });
  if (code !== 0) return code;
  if (task === 'test') await installBrowser();
  if (isCheck) return check(task === 'check' ? Object.keys(checks) : [task]);
  return run(programs[task](args));
};
