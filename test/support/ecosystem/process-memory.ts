import { execFileSync } from 'node:child_process';

/** Resident memory, in bytes, of the processes that this one started and whose command line holds the text. */
export const residentBytesOf = (text: string): readonly number[] =>
  execFileSync('ps', ['-A', '-o', 'ppid=,rss=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((fields) => fields !== null)
    .filter(([, parent, , command]) => Number(parent) === process.pid && command?.includes(text))
    .map(([, , kilobytes]) => Number(kilobytes) * 1024);
