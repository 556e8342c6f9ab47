import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpuTimeOf, type Measured } from './cpu-time';

/** As long as what a point read is answered with, and with what the bench looks for. */
const BODY = JSON.stringify({ requestId: 'bare', data: { list: ['Holder'.padEnd(700, '.')] } });

const SOURCE = `
const body = ${JSON.stringify(BODY)};
const server = require('node:http').createServer((request, response) => {
  request.on('data', () => {}).on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port));`;

/** Node's own HTTP server that reads a request and answers without having done anything: what no server written for it can be below. */
export const startBareServer = async (): Promise<Measured & { readonly url: string; close(): void }> => {
  const child = spawn(process.execPath, ['-e', SOURCE], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [url] = (await once(child.stdout, 'data')) as [Buffer];
  return { url: String(url).trim(), cpuTime: () => cpuTimeOf(child.pid), close: () => void child.kill() };
};
