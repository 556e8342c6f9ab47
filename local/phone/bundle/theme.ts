import type { PhoneBundle } from '../contract/bundle';
import { isRecord, readConfig } from './components';
import { SourceFault } from './fault';
import type { SourceFiles } from './source-files';

const PATH = 'theme.json';

/** The values of one theme by their names. */
const valuesOf = (theme: unknown, name: string): Readonly<Record<string, string>> => {
  const values = isRecord(theme) ? Object.entries(theme) : [];
  const texts = values.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  if (texts.length === 0 || texts.length < values.length) {
    throw new SourceFault(`${PATH}: "${name}" must hold values by their names, each a text`);
  }
  return Object.fromEntries(texts);
};

/** `theme.json`, or null where the app has none. @throws SourceFault where it lacks a theme, or a value is no text */
export const readTheme = (files: SourceFiles): PhoneBundle['theme'] => {
  if (!files.has(PATH)) return null;
  const { light, dark } = readConfig(files, PATH);
  return { light: valuesOf(light, 'light'), dark: valuesOf(dark, 'dark') };
};
