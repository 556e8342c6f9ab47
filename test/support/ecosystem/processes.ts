import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What one process is to call, all of it at the same moment. */
export interface CallsAtOnce {
  readonly url: string;
  readonly openId: string;
  readonly name: string;
  readonly events: readonly object[];
}

const program = join(__dirname, 'calling-process.mjs');

const prepared = async (order: CallsAtOnce): Promise<ChildProcess> => {
  const child = fork(program, { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  child.send(order);
  await once(child, 'message');
  return child;
};

/** Starts a process for each order, lets all begin at the same moment, and gives all replies. */
export const callFromProcesses = async (orders: readonly CallsAtOnce[]): Promise<readonly unknown[]> => {
  const children = await Promise.all(orders.map(prepared));
  try {
    const replies = children.map(async (child) => {
      const [message] = (await once(child, 'message')) as [{ readonly replies: readonly unknown[] }];
      return message.replies;
    });
    for (const child of children) child.send('go');
    return (await Promise.all(replies)).flat();
  } finally {
    for (const child of children) child.kill();
  }
};
