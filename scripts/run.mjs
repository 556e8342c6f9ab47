/**
 * The one way to start anything: `node scripts/run.mjs <task> [arguments]`, which is what the npm scripts call. It installs, fetches
 * the recognition models and builds where that is needed, and then runs the task, so that no task ever meets half a repository.
 * Plain JavaScript without packages, since it runs before there are any. Its own words go to stderr: stdout is the task's.
 */
const [major, minor] = process.versions.node.split('.').map(Number);
if (major !== 20 || minor < 19) {
  process.stderr.write(`This needs Node.js 20.19 or a later 20.x; here is ${process.versions.node}.\n`);
  process.exit(1);
}

const { main } = await import('./run/tasks.mjs');
process.exitCode = await main(process.argv.slice(2));
