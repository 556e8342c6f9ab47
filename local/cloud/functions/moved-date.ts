/**
 * Moves what `Date` says of the present in this process, for an environment whose clock is moved. Dates stay the dates that they were:
 * they are made by the same class, and what Node itself makes is still an instance of it. Timers, `performance` and certificates go by
 * the machine's time.
 */
export function moveDate(offsetMs: number): void {
  const OfMachine = Date;
  const machineNow = OfMachine.now.bind(OfMachine);
  OfMachine.now = () => machineNow() + offsetMs;
  const moved = new Proxy(OfMachine, {
    construct: (target, given: unknown[], newTarget) =>
      Reflect.construct(target, given.length === 0 ? [target.now()] : given, newTarget) as Date,
    apply: (target) => new target(target.now()).toString(),
  });
  OfMachine.prototype.constructor = moved;
  globalThis.Date = moved;
}
