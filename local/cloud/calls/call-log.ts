import { performance } from 'node:perf_hooks';
import { refusalOf } from '../admin/handler';
import { excerpt } from './excerpt';

/** By which door a call came: the SDK, a function, a timer, an HTTP route, a signed URL, a phone. */
export type CallKind = 'action' | 'function' | 'timer' | 'route' | 'storage' | 'wechat';

/** What is called. */
export interface Call {
  readonly kind: CallKind;
  readonly name: string;
  /** Gives what it is called with, which nobody changes. */
  readonly arguments: () => unknown;
  /** The length of the arguments where it is known. Short ones are made readable only when somebody looks at them. */
  readonly size?: number;
  /** Where a function's call ran; asked when it is over. */
  readonly run?: () => FunctionRun;
}

/** Where a function's call ran; empty where it found no instance. */
export interface FunctionRun {
  /** By which its log is read. */
  readonly requestId?: string;
  /** What the instance took to start, in milliseconds; absent where a warm one took the call. */
  readonly coldStartMs?: number;
}

/** A call that is over. */
export interface RecordedCall extends FunctionRun {
  /** Counts from 1, in the order in which calls ended. */
  readonly number: number;
  /** When it began, by the environment's clock, in milliseconds since 1970. */
  readonly at: number;
  readonly kind: CallKind;
  readonly name: string;
  /** JSON, cut. */
  readonly arguments: string;
  readonly durationMs: number;
  /** `OK`, or the code of its refusal. */
  readonly outcome: string;
}

/**
 * The last calls. Their arguments are of whoever called and may be personal, so they live in this process's memory, are forgotten with
 * it, and are never written anywhere.
 */
export interface CallLog {
  /** Does the work and notes how it went. `outcomeOf` reads the code out of an answer that is a refusal. */
  watch<T>(call: Call, work: () => Promise<T>, outcomeOf?: (answer: T) => string): Promise<T>;
  /** The kept calls with a number above `since`, and the number to ask from next. */
  since(since: number): { readonly next: number; readonly calls: readonly RecordedCall[] };
}

const KEPT_CALLS = 500;
const KEPT_CHARACTERS = 1_000_000;
const MAX_NAME = 200;
/** Arguments up to this length are kept as they came. */
const KEPT_AS_THEY_CAME = 2000;

type KeptCall = Omit<RecordedCall, 'arguments'> & { readonly arguments: () => string; readonly characters: number };

/** Makes an empty log. @param now milliseconds since 1970 */
export function callLog(now: () => number): CallLog {
  const calls: KeptCall[] = [];
  let recorded = 0;
  let characters = 0;

  const add = (call: Omit<KeptCall, 'number'>): void => {
    recorded += 1;
    calls.push({ number: recorded, ...call });
    characters += call.characters;
    while (calls.length > KEPT_CALLS || characters > KEPT_CHARACTERS) characters -= calls.shift()?.characters ?? 0;
  };

  return {
    async watch(call, work, outcomeOf = () => 'OK') {
      const at = now();
      const started = performance.now();
      const end = (outcome: string): void => {
        const { kind, name, run } = call;
        const durationMs = Math.round((performance.now() - started) * 100) / 100;
        add({ at, kind, name: name.slice(0, MAX_NAME), ...kept(call), durationMs, outcome, ...run?.() });
      };
      try {
        const answer = await work();
        end(outcomeOf(answer));
        return answer;
      } catch (error) {
        end(refusalOf(error).code);
        throw error;
      }
    },
    since: (since) => ({
      next: recorded,
      calls: calls
        .filter(({ number }) => number > since)
        .map(({ characters: _length, ...call }) => ({ ...call, arguments: call.arguments() })),
    }),
  };
}

function kept({ arguments: given, size = Infinity }: Call): Pick<KeptCall, 'arguments' | 'characters'> {
  if (size <= KEPT_AS_THEY_CAME) return { arguments: () => excerpt(given()), characters: size };
  const text = excerpt(given());
  return { arguments: () => text, characters: text.length };
}
