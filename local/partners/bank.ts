import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';

const program = resolve(__dirname, '../../examples/bank/server.mjs');

/** A sample partner's own server, as it runs. */
export interface PartnerServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

interface BankOptions {
  /** Where the service is. */
  readonly issuer: string;
  readonly clientId: string;
  /** The file with its private key. */
  readonly keyFile: string;
  /** The port under which its address for events is registered. */
  readonly port: number;
}

/** The address in the line that the program says once it listens; null for any other line. */
const addressIn = (line: string): string | null => {
  try {
    const said: unknown = JSON.parse(line);
    return typeof said === 'object' && said !== null && 'url' in said && typeof said.url === 'string' ? said.url : null;
  } catch {
    return null;
  }
};

/** Starts the bank's server as what it is: another people's program, which gets an address and a key. @throws Error where it ends at once */
export const startBank = async ({ issuer, clientId, keyFile, port }: BankOptions): Promise<PartnerServer> => {
  const words = ['--issuer', issuer, '--client-id', clientId, '--key', keyFile, '--port', String(port)];
  const child = spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((done) => {
    child.once('exit', () => {
      done();
    });
  });
  const url = await new Promise<string>((ready, failed) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const address = addressIn(line);
      if (address !== null) ready(address);
    });
    void ended.then(() => {
      failed(new Error("the bank's server did not start"));
    });
  });
  return {
    url,
    close: async () => {
      child.kill();
      await ended;
    },
  };
};
