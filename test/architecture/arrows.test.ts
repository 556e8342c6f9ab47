import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeWorkbench, root, runPackage, type Sources } from './workbench';

const nothing = 'export const nothing = null;\n';
const uses = (path: string): string => `import { nothing } from '${path}';\nexport const used = nothing;\n`;

/** Every room, with the imports that it may have. */
const lawful: Sources = {
  'protocol/index.ts': uses('./card/card').replace('used', 'nothing'),
  'protocol/card/card.ts': `import type { FromSchema } from 'json-schema-to-ts';\nexport type Text = FromSchema<{ type: 'string' }>;\n${nothing}`,
  'miniprogram/protocol.d.ts': "export * from '../protocol';\n",
  'miniprogram/vendor/noble-curves.d.ts': "export { p256 } from '@noble/curves/nist.js';\n",
  'miniprogram/platform/keys.ts': `import { p256 } from '../vendor/noble-curves';\nexport const keys = p256;\n${uses('../protocol')}`,
  'miniprogram/services/holder.ts': `import { keys } from '../platform/keys';\nexport const nothing = keys;\n${uses('../protocol').replace('nothing', 'nothing as none').replace('= nothing', '= none')}`,
  'miniprogram/presenters/card.ts': `${uses('../protocol')}${nothing.replace('nothing', 'words')}`,
  'miniprogram/pages/card/card.ts': `import { nothing } from '../../services/holder';\nimport { words } from '../../presenters/card';\nexport const shown = [nothing, words];\n`,
  'miniprogram/app.ts': "import { keys } from './platform/keys';\nexport const app = keys;\n",
  'miniprogram/phone.ts': "export * as holder from './services/holder';\n",
  'cloudfunctions/resources.ts': nothing,
  'cloudfunctions/_core/card/card.ts': `${uses('../../../protocol')}${nothing}`,
  'cloudfunctions/_adapters/crypto/hash.ts': `import { createHash } from 'node:crypto';\nimport tcb from '@cloudbase/node-sdk';\nimport { nothing } from '../../_core/card/card';\nexport const hash = [createHash, tcb, nothing];\n`,
  'cloudfunctions/_adapters/embedded/index.ts': nothing,
  'cloudfunctions/holder/index.ts': `import { hash } from '../_adapters/crypto/hash';\nimport { part } from './part';\nexport const main = [hash, part];\n${uses('../_core/card/card')}`,
  'cloudfunctions/holder/part.ts': 'export const part = null;\n',
  'cloudfunctions/verifier/index.ts': uses('../../protocol'),
  'local/cloud/index.ts': `import { nothing } from '../../cloudfunctions/resources';\nexport const cloud = nothing;\n`,
  'local/demo/main.ts': `import type * as phone from '../../miniprogram/phone';\nimport { cloud } from '../cloud';\nexport type Phone = typeof phone;\nexport const demo = cloud;\n${uses('../../cloudfunctions/_adapters/embedded')}`,
  'examples/bank/server.ts': `import { page } from './page';\nexport const shown = page;\n`,
  'examples/bank/page.ts': 'export const page = null;\n',
  'test/flow/story.test.ts': uses('../../cloudfunctions/_core/card/card'),
};

/** For each rule, a file that breaks it and no other rule. */
const unlawful: Readonly<Record<string, Sources>> = {
  'no-cycles': {
    'protocol/one.ts': "import { two } from './two';\nexport const one = () => two;\n",
    'protocol/two.ts': "import { one } from './one';\nexport const two = () => one;\n",
  },
  'no-unresolved': { 'bench/lost.ts': uses('./nowhere') },
  'no-undeclared-package': { 'bench/semver.ts': "import { parse } from 'semver';\nexport const used = parse;\n" },
  'protocol-alone': { 'protocol/path.ts': "import { join } from 'node:path';\nexport const used = join;\n" },
  'protocol-types-only-from-packages': {
    'protocol/schema.ts': "import { asConst } from 'json-schema-to-ts';\nexport const used = asConst;\n",
  },
  platform: { 'miniprogram/platform/upwards.ts': uses('../services/holder') },
  services: {
    'miniprogram/services/sideways.ts': "import { words } from '../presenters/card';\nexport const used = words;\n",
  },
  presenters: { 'miniprogram/presenters/impure.ts': uses('../services/holder') },
  screens: {
    'miniprogram/pages/card/hasty.ts': "import { keys } from '../../platform/keys';\nexport const used = keys;\n",
  },
  'nothing-imports-screens': {
    'miniprogram/host.ts': "import { shown } from './pages/card/card';\nexport const used = shown;\n",
  },
  'phone-bundles': { 'miniprogram/vendor/cbor.d.ts': "export { encode } from 'cbor2';\n" },
  'phone-not-server': { 'miniprogram/server.ts': uses('../cloudfunctions/resources') },
  'phone-through-its-bundle': { 'miniprogram/shortcut.ts': uses('../protocol') },
  'server-not-phone': {
    'cloudfunctions/_core/phone.ts':
      "import { words } from '../../miniprogram/presenters/card';\nexport const used = words;\n",
  },
  core: {
    'cloudfunctions/_core/leak.ts': "import { hash } from '../_adapters/crypto/hash';\nexport const used = hash;\n",
  },
  adapters: {
    'cloudfunctions/_adapters/upwards.ts': "import { part } from '../holder/part';\nexport const used = part;\n",
  },
  functions: { 'cloudfunctions/public/index.ts': "import { join } from 'node:path';\nexport const main = join;\n" },
  'no-function-imports-another': {
    'cloudfunctions/jobs/index.ts': "import { part } from '../holder/part';\nexport const main = part;\n",
  },
  resources: { 'cloudfunctions/resources.ts': uses('../protocol') },
  'product-not-tools': {
    'protocol/helper.ts': "import { cloud } from '../local/cloud';\nexport const used = cloud;\n",
  },
  'local-public-surfaces': {
    'local/ecosystem/inside.ts':
      "import { hash } from '../../cloudfunctions/_adapters/crypto/hash';\nexport const used = hash;\n",
  },
  'local-phone-as-built': {
    'local/phone/source.ts': "import { holder } from '../../miniprogram/phone';\nexport const used = holder;\n",
  },
  'local-cloud-knows-no-product': { 'local/cloud/curious.ts': uses('../../protocol') },
  'phone-host-knows-no-product': { 'local/phone/host/curious.ts': uses('../../../protocol') },
  'examples-are-strangers': {
    'examples/bank/inside.ts': uses('../../cloudfunctions/resources'),
    'examples/bank/related.ts': uses('../../protocol'),
  },
  'nothing-imports-tests': {
    'bench/borrowed.ts': "import { used } from '../test/flow/story.test';\nexport const measured = used;\n",
  },
};

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

const config = join(root, '.dependency-cruiser.mjs');

const cruise = async (sources: Sources): Promise<Violation[]> => {
  const { folder, remove } = makeWorkbench(sources);
  try {
    const rooms = [...new Set(Object.keys(sources).map((path) => path.replace(/\/.*/, '')))];
    const command = 'dependency-cruiser/bin/dependency-cruise.mjs';
    const { output } = await runPackage(folder, command, '--config', config, '--output-type', 'json', ...rooms);
    const { summary } = JSON.parse(output) as { summary: { violations: Violation[] } };
    return summary.violations;
  } finally {
    remove();
  }
};

const ruleNames = async (): Promise<string[]> => {
  const show = `import(${JSON.stringify(config)}).then((m) => console.log(JSON.stringify(m.default.forbidden.map((r) => r.name))))`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--eval', show]);
  return JSON.parse(stdout) as string[];
};

describe('the arrows between the rooms', () => {
  it('let every room have what is its own', async () => {
    const violations = await cruise(lawful);
    expect(violations.map(({ from, rule }) => `${rule.name}: ${from}`)).toEqual([]);
  });

  it('each have a file here that breaks them', async () => {
    expect(Object.keys(unlawful).sort()).toEqual((await ruleNames()).sort());
  });

  it('each refuse the file that breaks them, and no lawful one', async () => {
    const everything = Object.assign({}, lawful, ...Object.values(unlawful)) as Sources;
    const violations = await cruise(everything);
    for (const [rule, sources] of Object.entries(unlawful)) {
      const caught = violations.filter((violation) => violation.rule.name === rule).map(({ from }) => from);
      const missed = Object.keys(sources).filter((path) => !caught.includes(path));
      // A cycle is reported once, at one of its files.
      const atMost = rule === 'no-cycles' ? 1 : 0;
      expect({ rule, isCaught: missed.length <= atMost }).toEqual({ rule, isCaught: true });
    }
    const guilty = new Set(Object.values(unlawful).flatMap((sources) => Object.keys(sources)));
    expect(violations.map(({ from }) => from).filter((from) => !guilty.has(from))).toEqual([]);
  });
});
