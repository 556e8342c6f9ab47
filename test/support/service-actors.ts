import type fc from 'fast-check';
import type { AccountKey, FingerprintAnswer } from '../../protocol';
import { accountOf } from './enrolment-world';
import { newKeyPair, type KeyPair } from './key-pair';
import type { Model } from './service-model';
import { createServiceWorld, type ServiceWorld } from './service-world';
import { createSensor, type Sensor } from './soter';

/** So many accounts try their luck with the documents of so many persons. */
export const ACCOUNTS = 3;
export const PERSONS = 2;

/** The service, and what lies with those who use it. */
export interface Service {
  readonly world: ServiceWorld;
  readonly sensors: readonly Sensor[];
  /** What sensors have signed, for whoever would show it again. */
  readonly touched: FingerprintAnswer[];
  /** A key of nobody's. */
  readonly foreignKey: KeyPair;
  /** What came of which command, over all runs. */
  readonly reached: Set<string>;
}

export const accountAt = (at: number): AccountKey => accountOf(at + 1);

export const createService = (reached: Set<string>): Service => ({
  world: createServiceWorld(),
  sensors: Array.from({ length: ACCOUNTS }, (_, at) => createSensor(accountAt(at), { cpuId: `cpu-${at}` })),
  touched: [],
  foreignKey: newKeyPair(),
  reached,
});

export type Command = fc.AsyncCommand<Model, Service>;

/** What a command came to in the model, and what the service said. */
export interface Compared {
  readonly due: string;
  readonly heard: string;
}

/** @param name with what it was given, for the report of a failure */
export const command = (
  name: string,
  run: (model: Model, service: Service) => Promise<Compared>,
  check: (model: Model) => boolean = () => true,
): Command => ({
  check,
  run: async (model, service) => {
    const { due, heard } = await run(model, service);
    expect(`${name}: ${heard}`).toBe(`${name}: ${due}`);
    service.reached.add(`${name.replace(/ .*/, '')}: ${heard}`);
  },
  toString: () => name,
});

/** `ok`, or why not. */
export const codeOf = (result: { readonly ok: true } | { readonly ok: false; readonly error: { code: string } }) =>
  result.ok ? 'ok' : result.error.code;

/** One of a list that may be empty, chosen by any number: the later ones as likely as the earlier. */
export const oneOf = <One>(list: readonly One[], at: number): One | undefined => list[at % Math.max(1, list.length)];
