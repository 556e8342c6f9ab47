import { CloudError, unsupported } from '../../cloud-error';
import type { Holds, Is, Node } from './node';
import { parsePattern } from './parse';

/** A regular expression that a text is searched for. */
export interface Pattern {
  readonly source: string;
  readonly flags: string;
  test(text: string): boolean;
}

/** The most steps that an expression may have; a count in braces repeats the steps of what it counts. */
const MAX_STEPS = 2000;
/** The most steps that are gone in one text, all ways together; MongoDB's library has such a limit, too. */
const MAX_GONE = 20_000_000;

type Step =
  | { readonly kind: 'one'; readonly is: Is }
  | { readonly kind: 'place'; readonly holds: Holds }
  | { readonly kind: 'fork'; readonly ways: readonly number[] }
  | { readonly kind: 'found' };

/** What `compilePattern` made; told from values that are compared. */
export class CompiledPattern implements Pattern {
  readonly source: string;
  readonly flags: string;
  readonly #steps: readonly Step[];

  constructor(source: string, flags: string, steps: readonly Step[]) {
    this.source = source;
    this.flags = flags;
    this.#steps = steps;
  }

  test(text: string): boolean {
    return search(this.#steps, text);
  }
}

/**
 * Compiles an expression of PCRE's syntax, the one that MongoDB uses. All ways through it are followed side by side and none is gone back
 * on, so a search takes steps times characters at the most. One that takes too many, in a text of megabytes, is given up with a refusal: no
 * expression of a caller can hold the server up.
 *
 * @param flags of `imsx`
 * @throws CloudError
 */
export function compilePattern(source: string, flags: string): CompiledPattern {
  // The only place of flags inside of an expression that is common.
  const [head = '', inner = ''] = /^\(\?([imsx]+)\)/.exec(source) ?? [];
  const all = flags + inner;
  const other = /[^imsx]/.exec(all)?.[0];
  if (other !== undefined) throw unsupported(`the regular expression flag in "${all.slice(0, 10)}"`);
  const root = parsePattern(source.slice(head.length), {
    ignoreCase: all.includes('i'),
    manyLines: all.includes('m'),
    dotAll: all.includes('s'),
    extended: all.includes('x'),
  });
  const steps: Step[] = [];
  emit(root, steps);
  steps.push({ kind: 'found' });
  return new CompiledPattern(source, flags, steps);
}

function emit(node: Node, steps: Step[]): void {
  if (steps.length > MAX_STEPS) throw new CloudError('INVALID_PARAM', 'the regular expression is too large');
  switch (node.kind) {
    case 'one':
    case 'place':
      steps.push(node);
      return;
    case 'row':
      for (const part of node.parts) emit(part, steps);
      return;
    case 'either':
      emitWays(node.ways, steps);
      return;
    case 'times':
      emitTimes(node, steps);
      return;
  }
}

function emitTimes({ part, least, most }: Extract<Node, { kind: 'times' }>, steps: Step[]): void {
  for (let n = 0; n < least; n += 1) {
    const before = steps.length;
    emit(part, steps);
    // What has no steps has none however often it is repeated; counting that out could take for ever.
    if (steps.length === before) return;
  }
  if (most === Infinity) emitLoop(part, steps);
  else for (let n = least; n < most; n += 1) emitMaybe(part, steps);
}

function emitWays(ways: readonly Node[], steps: Step[]): void {
  const fork = steps.push({ kind: 'fork', ways: [] }) - 1;
  const starts: number[] = [];
  const ends: number[] = [];
  for (const way of ways) {
    starts.push(steps.length);
    emit(way, steps);
    ends.push(steps.push({ kind: 'fork', ways: [] }) - 1);
  }
  steps[fork] = { kind: 'fork', ways: starts };
  for (const end of ends) steps[end] = { kind: 'fork', ways: [steps.length] };
}

function emitLoop(part: Node, steps: Step[]): void {
  const fork = steps.push({ kind: 'fork', ways: [] }) - 1;
  emit(part, steps);
  steps.push({ kind: 'fork', ways: [fork] });
  steps[fork] = { kind: 'fork', ways: [fork + 1, steps.length] };
}

function emitMaybe(part: Node, steps: Step[]): void {
  const fork = steps.push({ kind: 'fork', ways: [] }) - 1;
  emit(part, steps);
  steps[fork] = { kind: 'fork', ways: [fork + 1, steps.length] };
}

function search(steps: readonly Step[], text: string): boolean {
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const seenAt = new Int32Array(steps.length).fill(-1);
  let reached: number[] = [];
  let gone = 0;
  for (let at = 0; at <= codes.length; at += 1) {
    // A match may begin at every place.
    const open = [...reached, 0];
    const waiting: number[] = [];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const step = steps[next];
      if (step === undefined || seenAt[next] === at) continue;
      seenAt[next] = at;
      gone += 1;
      if (step.kind === 'found') return true;
      if (step.kind === 'fork') open.push(...step.ways);
      else if (step.kind === 'one') waiting.push(next);
      else if (step.holds(codes, at)) open.push(next + 1);
    }
    if (gone > MAX_GONE) throw tooLong();
    const code = codes[at];
    reached = code === undefined ? [] : waiting.filter((n) => isOne(steps[n], code)).map((n) => n + 1);
  }
  return false;
}

function tooLong(): CloudError {
  return new CloudError(
    'DATABASE_REQUEST_FAILED',
    '[FailedOperation] a regular expression takes too long on a long text',
  );
}

function isOne(step: Step | undefined, code: number): boolean {
  return step?.kind === 'one' && step.is(code);
}
