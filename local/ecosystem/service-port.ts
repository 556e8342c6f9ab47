import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the service of a data folder listened before: cards, lists and the log's checkpoints name that address as their issuer. */
const fileIn = (dataDir: string): string => join(dataDir, 'service-port');

/** The port of the runs before; 0, any free one, where there were none. */
export const rememberedPort = (dataDir: string): number => {
  const file = fileIn(dataDir);
  const port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : 0;
};

export const rememberPort = (dataDir: string, port: number): void => {
  writeFileSync(fileIn(dataDir), String(port));
};
