import { CloudError, unsupported } from '../../cloud-error';
import { inAnyCase, namedClass, notNewLine, places, unicodeClass } from './characters';
import type { Flags, Is, Node } from './node';

/** As deep as PCRE lets groups nest. */
const MAX_DEPTH = 250;
/** The most that a count in braces may be, in PCRE too. */
const MAX_COUNT = 65_535;

const COUNT = /^\{(\d+)(?:(,)(\d*))?\}/;
const LETTERS: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, e: 27, a: 7 };
const EDGES = {
  A: places.start,
  z: places.end,
  Z: places.endOrLastLine,
  b: places.wordEdge,
  B: places.noWordEdge,
} as const;

/**
 * Reads a regular expression of PCRE's syntax. What a search in linear time cannot do (references back, looking around, atomic groups),
 * and what is rare, is refused by name.
 *
 * @throws CloudError
 */
export function parsePattern(source: string, flags: Flags): Node {
  const parser = new Parser(source, flags);
  const node = parser.alternatives(0);
  if (!parser.isAtEnd()) throw malformed('an unmatched )');
  return node;
}

class Parser {
  readonly #characters: readonly string[];
  readonly #flags: Flags;
  #at = 0;

  constructor(source: string, flags: Flags) {
    this.#characters = [...source];
    this.#flags = flags;
  }

  isAtEnd(): boolean {
    return this.#at >= this.#characters.length;
  }

  alternatives(depth: number): Node {
    if (depth > MAX_DEPTH) throw malformed('groups nested too deep');
    const ways: Node[] = [this.#row(depth)];
    while (this.#take('|')) ways.push(this.#row(depth));
    return ways.length === 1 && ways[0] !== undefined ? ways[0] : { kind: 'either', ways };
  }

  #row(depth: number): Node {
    const parts: Node[] = [];
    this.#skipBlanks();
    while (!this.isAtEnd() && !this.#looksAt('|') && !this.#looksAt(')')) {
      parts.push(this.#quantified(this.#atom(depth)));
      this.#skipBlanks();
    }
    return { kind: 'row', parts };
  }

  #quantified(part: Node): Node {
    this.#skipBlanks();
    const count = this.#count();
    if (count === undefined) return part;
    // Whether as much or as little as possible is taken decides where a match ends, not whether there is one.
    this.#take('?');
    if (this.#looksAt('+')) throw unsupported('a possessive quantifier in a regular expression');
    if (this.#looksAt('*') || this.#looksAt('?') || COUNT.test(this.#rest(20)))
      throw malformed('a repeated quantifier');
    return { kind: 'times', part, ...count };
  }

  #count(): { least: number; most: number } | undefined {
    if (this.#take('*')) return { least: 0, most: Infinity };
    if (this.#take('+')) return { least: 1, most: Infinity };
    if (this.#take('?')) return { least: 0, most: 1 };
    const braces = COUNT.exec(this.#rest(20));
    if (braces === null) return undefined;
    this.#at += braces[0].length;
    const least = Number(braces[1]);
    const most = braces[2] === undefined ? least : braces[3] === '' ? Infinity : Number(braces[3]);
    if (least > most || least > MAX_COUNT || (most > MAX_COUNT && most !== Infinity)) throw malformed('a wrong count');
    return { least, most };
  }

  #atom(depth: number): Node {
    const character = this.#next();
    switch (character) {
      case '(':
        return this.#group(depth);
      case '[':
        return { kind: 'one', is: this.#class() };
      case '.':
        return { kind: 'one', is: this.#flags.dotAll ? () => true : notNewLine };
      case '^':
        return { kind: 'place', holds: this.#flags.manyLines ? places.lineStart : places.start };
      case '$':
        return { kind: 'place', holds: this.#flags.manyLines ? places.lineEnd : places.endOrLastLine };
      case '*':
      case '+':
      case '?':
        throw malformed('nothing to repeat');
      case '\\':
        return this.#escape();
      default:
        return this.#literal(codeOf(character));
    }
  }

  #group(depth: number): Node {
    if (this.#take('?')) {
      const named = /^P?<[A-Za-z_]\w*>/.exec(this.#rest(64));
      if (named !== null) this.#at += named[0].length;
      else if (!this.#take(':')) throw unsupported(`the group (?${this.#rest(2)} of a regular expression`);
    } else if (this.#looksAt('*')) {
      throw unsupported('a verb (* of a regular expression');
    }
    const inner = this.alternatives(depth + 1);
    if (!this.#take(')')) throw malformed('a missing )');
    return inner;
  }

  #escape(): Node {
    const letter = this.#next();
    const edge = Object.entries(EDGES).find(([name]) => name === letter)?.[1];
    if (edge !== undefined) return { kind: 'place', holds: edge };
    if (/[1-9]/.test(letter)) throw unsupported('a reference back in a regular expression');
    const named = this.#namedClass(letter);
    return named === undefined ? this.#literal(this.#escapedCode(letter)) : { kind: 'one', is: named };
  }

  #namedClass(letter: string): Is | undefined {
    if (letter !== 'p' && letter !== 'P') return namedClass(letter);
    const [whole, braced, short] = /^(?:\{(\^?[^}]*)\}|([A-Za-z]))/.exec(this.#rest(40)) ?? [];
    if (whole === undefined) throw malformed('a property without a name');
    this.#at += whole.length;
    const name = braced ?? short ?? '';
    const is = unicodeClass(name.replace(/^\^/, ''));
    return (letter === 'P') === name.startsWith('^') ? is : (code) => !is(code);
  }

  #escapedCode(letter: string): number {
    const code = Object.hasOwn(LETTERS, letter) ? LETTERS[letter] : undefined;
    if (code !== undefined) return code;
    if (letter === 'x') {
      const [whole, braced, short] = /^(?:\{([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{1,2}))/.exec(this.#rest(10)) ?? [];
      const given = parseInt(braced ?? short ?? '', 16);
      if (whole === undefined || given > 0x10ffff) throw malformed('a wrong code after \\x');
      this.#at += whole.length;
      return given;
    }
    if (/[A-Za-z0-9]/.test(letter)) throw unsupported(`\\${letter} in a regular expression`);
    return codeOf(letter);
  }

  #class(): Is {
    const negated = this.#take('^');
    const members: Is[] = [];
    for (let first = true; first || !this.#looksAt(']'); first = false) {
      if (this.isAtEnd()) throw malformed('a missing ]');
      if (/^\[[:.=]/.test(this.#rest(2))) throw unsupported('a POSIX class of a regular expression');
      members.push(this.#member());
    }
    this.#at += 1;
    const some: Is = (code) => members.some((is) => is(code));
    const cased = this.#flags.ignoreCase ? inAnyCase(some) : some;
    return negated ? (code) => !cased(code) : cased;
  }

  /** One code point, a range of them, or a class within a class. */
  #member(): Is {
    const from = this.#classAtom();
    if (typeof from === 'function') return from;
    if (!this.#looksAt('-') || this.#rest(2) === '-]' || this.#rest(2) === '-') return (code) => code === from;
    this.#at += 1;
    const to = this.#classAtom();
    if (typeof to === 'function' || to < from) throw malformed('a range out of order');
    return (code) => code >= from && code <= to;
  }

  #classAtom(): number | Is {
    const character = this.#next();
    if (character !== '\\') return codeOf(character);
    const letter = this.#next();
    if (letter === 'b') return 8;
    return this.#namedClass(letter) ?? this.#escapedCode(letter);
  }

  #literal(wanted: number): Node {
    const is: Is = (code) => code === wanted;
    return { kind: 'one', is: this.#flags.ignoreCase ? sameInAnyCase(wanted) : is };
  }

  #skipBlanks(): void {
    if (!this.#flags.extended) return;
    while (!this.isAtEnd()) {
      if (/^\s$/.test(this.#rest(1))) this.#at += 1;
      else if (this.#looksAt('#')) while (!this.isAtEnd() && this.#next() !== '\n');
      else return;
    }
  }

  #rest(length: number): string {
    return this.#characters.slice(this.#at, this.#at + length).join('');
  }

  #looksAt(character: string): boolean {
    return this.#characters[this.#at] === character;
  }

  #take(character: string): boolean {
    if (!this.#looksAt(character)) return false;
    this.#at += 1;
    return true;
  }

  #next(): string {
    const character = this.#characters[this.#at];
    if (character === undefined) throw malformed('an end where more is needed');
    this.#at += 1;
    return character;
  }
}

/** Both sides are folded, so that a letter finds each of its spellings from each of them. */
function sameInAnyCase(wanted: number): Is {
  const wantedIs = inAnyCase((code) => code === wanted);
  return (code) => wantedIs(code) || inAnyCase((other) => other === code)(wanted);
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

function malformed(what: string): CloudError {
  return new CloudError('INVALID_PARAM', `malformed regular expression: ${what}`);
}
