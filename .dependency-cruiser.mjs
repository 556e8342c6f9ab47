/**
 * The arrows between the rooms: who may import whom. Each rule is shown to fail in test/architecture/arrows.test.ts.
 * @type {import('dependency-cruiser').IConfiguration}
 */

const protocol = '^protocol/';
const phoneProtocol = '^miniprogram/protocol\\.(d\\.ts|js)$';
const packages = '(^|/)node_modules/';
const product = '^(protocol|miniprogram|cloudfunctions)/';
const screens = '^miniprogram/(pages|packages|components)/';

/** From these files to any other than those: a room with a short list of friends. */
const only = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to: { pathNot: to } });

const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    never(
      'no-cycles',
      'Modules that import each other cannot be read, tested or loaded one by one.',
      {},
      { circular: true },
    ),
    never('no-unresolved', 'An import that leads nowhere.', {}, { couldNotResolve: true }),
    never(
      'no-undeclared-package',
      'A package that package.json does not name is there by accident and may be gone tomorrow.',
      {},
      // jest-environment-node is a part of jest, to be extended.
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], pathNot: `${packages}jest-environment-node/` },
    ),

    only(
      'protocol-alone',
      'The protocol is pure: it runs on phone and server. It imports itself, and types that are made from its schemas.',
      { path: protocol },
      [protocol, `${packages}json-schema-to-ts/`],
    ),
    never(
      'protocol-types-only-from-packages',
      'What json-schema-to-ts gives is a type: nothing of a package may be loaded by the protocol.',
      { path: protocol },
      { path: packages, dependencyTypesNot: ['type-only'] },
    ),

    only(
      'platform',
      'The platform says wx and makes keys; it knows the protocol and no room above it.',
      { path: '^miniprogram/platform/' },
      ['^miniprogram/platform/', phoneProtocol, '^miniprogram/vendor/'],
    ),
    only('services', 'A service speaks to one function, through the platform.', { path: '^miniprogram/services/' }, [
      '^miniprogram/(services|platform)/',
      phoneProtocol,
    ]),
    only(
      'presenters',
      'A presenter is pure: domain state in, what the screen shows out.',
      { path: '^miniprogram/presenters/' },
      ['^miniprogram/presenters/', phoneProtocol, '^miniprogram/vendor/uqr\\.(d\\.ts|js)$'],
    ),
    only('screens', 'A screen uses services and presenters; it never reaches the platform.', { path: screens }, [
      screens,
      '^miniprogram/(services|presenters)/',
      phoneProtocol,
      `${packages}tdesign-miniprogram/`,
    ]),
    never(
      'nothing-imports-screens',
      'Screens are the outermost ring of the phone.',
      { path: '^miniprogram/', pathNot: screens },
      { path: screens },
    ),
    only(
      'phone-bundles',
      'Only the declarations of the two bundles look outside of the phone.',
      { path: '^miniprogram/(protocol\\.|vendor/)' },
      [protocol, '^miniprogram/vendor/', `${packages}(@noble|uqr)/`],
    ),
    never(
      'phone-not-server',
      'Phone and server meet in the protocol and nowhere else.',
      { path: '^miniprogram/' },
      { path: '^cloudfunctions/' },
    ),
    never(
      'server-not-phone',
      'Phone and server meet in the protocol and nowhere else.',
      { path: '^cloudfunctions/' },
      { path: '^miniprogram/' },
    ),
    never(
      'phone-through-its-bundle',
      "WeChat's compiler drops imports from outside of miniprogram/ without a word: import ./protocol, the bundle.",
      { path: '^miniprogram/', pathNot: phoneProtocol },
      { path: protocol },
    ),

    only(
      'core',
      'Use cases and ports: no adapter, no function, no package, no node:*.',
      { path: '^cloudfunctions/_core/' },
      ['^cloudfunctions/_core/', protocol],
    ),
    never(
      'adapters',
      'An adapter serves ports; it knows no function.',
      { path: '^cloudfunctions/_adapters/' },
      { path: '^(cloudfunctions/(?!_core/|_adapters/)|miniprogram/)' },
    ),
    only(
      'functions',
      'A function wires the core to adapters; what touches a package or node:* is an adapter.',
      { path: '^cloudfunctions/([a-z][^/]*)/' },
      ['^cloudfunctions/(_core|_adapters)/', '^cloudfunctions/$1/', protocol],
    ),
    never(
      'no-function-imports-another',
      'Each function is deployed alone.',
      { path: '^cloudfunctions/([a-z][^/]*)/' },
      { path: '^cloudfunctions/[a-z][^/]*/', pathNot: '^cloudfunctions/$1/' },
    ),
    only(
      'resources',
      'The manifest of an environment is plain data.',
      { path: '^cloudfunctions/(resources|resource-collections)\\.ts$' },
      ['^cloudfunctions/(resources|resource-collections|resource-types)\\.ts$'],
    ),

    never(
      'product-not-tools',
      'The product never imports what surrounds it.',
      { path: product },
      { path: '^(local|test|examples|bench|scripts)/' },
    ),
    never(
      'local-public-surfaces',
      'The laptop uses the product as others do: by its public surfaces. The blind index is one while partners are entered by hand.',
      { path: '^local/', pathNot: '^local/cloud/' },
      {
        path: product,
        pathNot:
          '^(protocol/index|cloudfunctions/(resources|_adapters/embedded/index|_adapters/crypto/blind-index)|miniprogram/phone)\\.ts$',
      },
    ),
    never(
      'local-phone-as-built',
      'The laptop runs the phone as it is built, in a context of its own; of its source it may know the types.',
      { path: '^local/' },
      { path: '^miniprogram/', dependencyTypesNot: ['type-only'] },
    ),
    never(
      'local-cloud-knows-no-product',
      'The local CloudBase serves any product: of ours it knows the type of a manifest.',
      { path: '^local/cloud/' },
      { path: '^(protocol|miniprogram|cloudfunctions|local/(?!cloud/))', pathNot: '^cloudfunctions/resources\\.ts$' },
    ),
    never(
      'phone-host-knows-no-product',
      'The phone in the browser runs any mini-program: it knows its files, and nothing of ours.',
      { path: '^local/phone/(bundle|contract|host)/' },
      { path: '^(protocol|miniprogram|cloudfunctions|local/(?!phone/))' },
    ),
    never(
      'examples-are-strangers',
      "Examples are other people's programs: they have our HTTP, and nothing else of ours.",
      { path: '^examples/' },
      { path: '^(protocol|miniprogram|cloudfunctions|local|test|bench|scripts)/' },
    ),
    never(
      'nothing-imports-tests',
      'Tests and examples are nobody’s library.',
      { pathNot: '^(test|examples)/' },
      { path: '^(test|examples)/' },
    ),
  ],
  options: {
    doNotFollow: { path: packages },
    exclude: { path: '^(miniprogram/miniprogram_npm|dist|coverage|\\.cache|\\.local)/' },
    tsPreCompilationDeps: true,
    detectProcessBuiltinModuleCalls: true,
    enhancedResolveOptions: {
      // Declarations before scripts: the bundles of the phone are cruised by what they declare, built or not.
      extensions: ['.ts', '.d.ts', '.mts', '.d.mts', '.js', '.mjs', '.cjs', '.json', '.node'],
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'require', 'node', 'default'],
      mainFields: ['types', 'typings', 'main'],
    },
  },
};
