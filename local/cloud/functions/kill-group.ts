/** Ends what is left of the group that a process began: the processes that it has started, and itself. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody of it is left.
  }
}
