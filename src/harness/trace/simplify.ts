/** Smaller values to try in place of a parameter, shared by the engines' shrinkers. */

/** Candidates for a JSON value or an option, most drastic first; none for what is as simple as can be. */
export function* simplerValues(value: unknown): Iterable<unknown> {
  if (typeof value === 'number') {
    if (value !== 0) yield 0;
    if (value !== 1 && value !== 0) yield 1;
    if (Math.abs(value) > 2) yield Math.trunc(value / 2);
  } else if (typeof value === 'string') {
    if (value.length > 1) {
      yield value[0];
      yield value.slice(0, Math.ceil(value.length / 2));
      yield value.slice(1);
    }
  } else if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) yield value.filter((_, other) => other !== i);
    for (const [i, item] of value.entries()) {
      for (const simpler of simplerValues(item)) yield value.with(i, simpler);
    }
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    if (entries.length > 0) yield {};
    for (let i = 0; i < entries.length; i++) {
      yield Object.fromEntries(entries.filter((_, other) => other !== i));
      for (const simpler of simplerValues(entries[i]![1])) {
        yield Object.fromEntries(entries.map(([key, item], other) => [key, other === i ? simpler : item]));
      }
    }
  }
}

/** The command without one of its optional parameters, or with one parameter simpler. */
export function* simplerCommands<Command extends { readonly type: string }>(
  command: Command,
  isValid: (candidate: unknown) => candidate is Command,
  /** Identifiers are what holds a trace together: shortening one breaks every reference to it. */
  keep: ReadonlySet<string>,
): Iterable<Command> {
  const { type, ...parameters } = command;
  for (const name of Object.keys(parameters)) {
    if (keep.has(name)) continue;
    const { [name as keyof Command]: value, ...rest } = command;
    if (isValid(rest)) yield rest;
    for (const simpler of simplerValues(value)) {
      const candidate = { ...command, [name]: simpler };
      if (isValid(candidate)) yield candidate;
    }
  }
}
