/** A call in SQL, coloured by what its parts are. */
import { html } from './dom.ts';

const tokens =
  /('(?:[^']|'')*')|(\b\d+(?:\.\d+)?\b)|([A-Za-z_][\w.]*)(?=\s*\()|([A-Za-z_]\w*)(?=\s*=>)|(=>|::\w+)|(.)/gsu;
const kinds = ['text', 'number', 'function', 'parameter', 'operator'] as const;
/** A call that is longer has a line for each argument. */
const longest = 96;

export const isComment = (sql: string): boolean => sql.startsWith('--');

export function commandText(sql: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  // A comment is what else happens in a simulation, in words: `-- ship attempt 1 starts on worker 1`.
  if (isComment(sql)) {
    fragment.append(html('span', { class: 'sql-comment' }, sql));
    return fragment;
  }
  const isLong = sql.length > longest;
  let depth = 0;
  for (const match of sql.matchAll(tokens)) {
    const [text, ...groups] = match;
    const kind = kinds[groups.findIndex((group) => group !== undefined)];
    if (text === '(' || text === '[') depth++;
    if (text === ')' || text === ']') depth--;
    const closes = isLong && depth === 0 && text === ')';
    if (closes) fragment.append('\n');
    fragment.append(kind ? html('span', { class: `sql-${kind}` }, text) : text);
    const opens = text === '(' && depth === 1;
    if (isLong && (opens || (depth === 1 && text === ','))) fragment.append(opens ? '\n  ' : '\n ');
  }
  return fragment;
}

/** The name of the function and the rest of the call, for a list in which calls are told apart at a glance. */
export function inShort(sql: string): readonly [name: string, rest: string] {
  const [, name = sql, rest = ''] = /^(?:select\s+)?(?:\w+\.)?(\w+)\((.*)\)$/s.exec(sql) ?? [];
  const values = rest.replace(/\w+ => /g, '').replace(/::jsonb/g, '');
  return [name, values.replace(/'[0-9a-f]{4}[0-9a-f-]{28}([0-9a-f]{4})'/g, '…$1')];
}
