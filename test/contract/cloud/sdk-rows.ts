/** Whatever the SDK's untyped parts take and give. */
export type Call = (...operands: unknown[]) => unknown;

/** What a row of a table of the SDK's surface gives, or the words of its refusal. */
export type Row<Given> = Given | { readonly refused: string };

export const isRefused = (given: unknown): given is { readonly refused: string } =>
  typeof given === 'object' && given !== null && 'refused' in given;

/** A refusal by name. */
export const refusedAs = (words: string) => ({
  message: expect.stringContaining(`${words} is not supported`) as string,
});

/** The methods of an object's class and of those above it. */
export const methodsOf = (object: object): string[] => {
  const prototype = Object.getPrototypeOf(object) as object;
  const own = Object.entries(Object.getOwnPropertyDescriptors(prototype)).flatMap(([name, { value }]) =>
    typeof value === 'function' && name !== 'constructor' && !name.startsWith('_') ? [name] : [],
  );
  return prototype === Object.prototype ? [] : [...new Set([...own, ...methodsOf(prototype)])];
};

export const sorted = (names: readonly string[]) => [...names].sort();
