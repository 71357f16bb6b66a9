/** The statement of a task, which the orchestrator sends into the background, read back. */

export type Statement =
  /** Nothing is to be done. */
  | { readonly type: 'empty' }
  | { readonly type: 'call'; readonly routine: string }
  | { readonly type: 'flow'; readonly flow: string; readonly force_priority: number | null };

const flow =
  /^SELECT flow\.create_flow\((E?)'((?:[^'\\]|''|\\\\)*)', .*_force_priority := (?:NULL|'(-?\d+)')\)$/s;

/** Any text may be the name of a routine; behind it come the id and the name of the flow. */
const call = /^CALL (.*?)\(\(\d+, '/s;

/** As the model writes it. */
export function statementOf(query: string | null): Statement {
  if (query === null || query === '') return { type: 'empty' };
  const [, escaped, name, priority] = flow.exec(query) ?? [];
  if (name !== undefined) {
    const unquoted = name.replaceAll("''", "'");
    return {
      type: 'flow',
      flow: escaped === 'E' ? unquoted.replaceAll('\\\\', '\\') : unquoted,
      force_priority: priority === undefined ? null : Number(priority),
    };
  }
  return { type: 'call', routine: call.exec(query)![1]! };
}
