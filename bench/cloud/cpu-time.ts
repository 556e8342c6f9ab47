import { readFileSync } from 'node:fs';

/** A process whose CPU time can be read. */
export interface Measured {
  /** User and system time so far, in microseconds; to a hundredth of a second. */
  cpuTime(): number;
}

const TICK_MICROSECONDS = 10_000;

/** The CPU time of a process, from `/proc`. */
export const cpuTimeOf = (pid: number | undefined): number => {
  // The command's name stands in parentheses and may hold spaces.
  const fields =
    readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
      .split(') ')
      .at(-1)
      ?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MICROSECONDS;
};
