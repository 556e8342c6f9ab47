/**
 * Imported before the provider, which is made for Node 22: the cloud runs it there (cloudfunctions/resources.ts). A laptop's Node 20
 * lacks one function that it calls, `URL.parse`, and is otherwise enough; that it warns of the older Node is said here instead of
 * in the log.
 */
const { warn } = console;

if (!('parse' in URL)) {
  Object.defineProperty(URL, 'parse', {
    configurable: true,
    writable: true,
    value: (text: string, base?: string): URL | null => (URL.canParse(text, base) ? new URL(text, base) : null),
  });
}

// eslint-disable-next-line no-console -- for the one sentence of the provider's
console.warn = (...said: readonly unknown[]): void => {
  if (!String(said[0]).includes('Unsupported runtime')) warn(...said);
};

/** Puts back what was changed for as long as the provider is loaded. */
export const providerIsLoaded = (): void => {
  // eslint-disable-next-line no-console -- as it was
  console.warn = warn;
};
