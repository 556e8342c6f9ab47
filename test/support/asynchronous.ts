import type fc from 'fast-check';

type Port = (...given: readonly unknown[]) => unknown;

const mapPorts = <Ports extends object>(
  ports: Ports,
  names: readonly (keyof Ports & string)[],
  wrap: (port: Port, name: string) => Port,
): Ports => ({
  ...ports,
  ...Object.fromEntries(names.map((name) => [name, wrap(ports[name] as Port, name)])),
});

/**
 * Ports whose calls are carried out, and whose answers arrive, when the scheduler says so: one run is one interleaving.
 * @param names the asynchronous ports
 */
export const interleaved = <Ports extends object>(
  ports: Ports,
  names: readonly (keyof Ports & string)[],
  scheduler: fc.Scheduler,
): Ports =>
  mapPorts(ports, names, (port, name) => async (...given) => {
    await scheduler.schedule(Promise.resolve(), `${name} asked`);
    const answer = await port(...given);
    await scheduler.schedule(Promise.resolve(), `${name} answered`);
    return answer;
  });

/** What an injected fault throws. */
export class InjectedFault extends Error {}

/** Where one call fails: the how-maniest of all asynchronous calls, and whether before or after it has done its work. */
export interface FaultPlan {
  readonly at: number;
  readonly when: 'before' | 'after';
}

/** Ports of which one call fails once; `calls` counts, so that a first run without fault finds every place to fail at. */
export const failing = <Ports extends object>(
  ports: Ports,
  names: readonly (keyof Ports & string)[],
  plan: FaultPlan | null,
): { readonly ports: Ports; readonly calls: () => number } => {
  let calls = 0;
  return {
    ports: mapPorts(ports, names, (port) => async (...given) => {
      calls += 1;
      const isHere = plan?.at === calls;
      if (isHere && plan.when === 'before') throw new InjectedFault();
      const answer = await port(...given);
      if (isHere) throw new InjectedFault();
      return answer;
    }),
    calls: () => calls,
  };
};
