/** Intrinsic functions as they are written: `States.Format('{} of {}', $.a, States.ArrayLength($.b))`. */

export type Expression =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'constant'; readonly value: string | number | boolean | null }
  | { readonly kind: 'call'; readonly name: string; readonly parameters: readonly Expression[] };

const callName = /^States\.([A-Za-z0-9]+)\(/;
const number = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/;
const word = /^(?:true|false|null)\b/;
/** Between quotes; a backslash stands before what would mean something else. */
const quoted = /^'((?:[^'\\]|\\[\s\S])*)'/;
/** Up to the comma or bracket that ends it: brackets and quotes within it are its own. */
const path = /^\$(?:\[(?:'(?:[^'\\]|\\[\s\S])*'|[^\]'])*\]|[^,()[\]\s])*/;

/** Undefined where the text is no call of a function. */
export function parsedCall(text: string): Expression | undefined {
  const parser = new Parser(text);
  const call = parser.call();
  return parser.isAtEnd ? call : undefined;
}

class Parser {
  #rest: string;
  constructor(text: string) {
    this.#rest = text;
  }

  get isAtEnd(): boolean {
    return this.#rest.trim() === '';
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    const match = pattern.exec(this.#rest) ?? undefined;
    if (match) this.#rest = this.#rest.slice(match[0].length);
    return match;
  }

  call(): Expression | undefined {
    const name = this.#take(callName)?.[1];
    if (name === undefined) return undefined;
    const parameters: Expression[] = [];
    if (this.#take(/^\s*\)/)) return { kind: 'call', name, parameters };
    for (;;) {
      this.#take(/^\s*/);
      const parameter = this.#parameter();
      if (!parameter) return undefined;
      parameters.push(parameter);
      const after = this.#take(/^\s*([,)])/)?.[1];
      if (after === undefined) return undefined;
      if (after === ')') return { kind: 'call', name, parameters };
    }
  }

  #parameter(): Expression | undefined {
    const inQuotes = this.#take(quoted);
    if (inQuotes) return { kind: 'constant', value: inQuotes[1]! };
    const found = this.#take(path);
    if (found) return { kind: 'path', path: found[0] };
    const literal = this.#take(number) ?? this.#take(word);
    if (literal) return { kind: 'constant', value: JSON.parse(literal[0]) };
    return this.call();
  }
}
