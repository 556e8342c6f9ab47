type Bench = (args: readonly string[]) => Promise<void>;

// Each is loaded alone: the product's needs all that is built, the local cloud's nothing.
const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  product: async () => (await import('./product')).benchProduct,
  cloud: async () => (await import('./cloud/main')).benchCloud,
  'cloud-soak': async () => (await import('./cloud/soak')).soakCloud,
};

const main = async ([name = 'product', ...args]: readonly string[]): Promise<void> => {
  const bench = benches[name];
  if (bench === undefined) throw new Error(`npm run bench [-- ${Object.keys(benches).join(' | ')} [minutes]]`);
  await (
    await bench()
  )(args);
};

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
