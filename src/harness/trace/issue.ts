/** What zod found wrong with a trace, as one line: the path to it, then the fault. */

/** The part of a zod issue that the line is made of. */
export interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly code?: string | undefined;
  readonly keys?: readonly string[];
  /** Of a union: the issues of each member that was tried. */
  readonly errors?: readonly (readonly Issue[])[];
}

/** `commands[3].at: time runs backwards (500 after 1200)` */
export function describeIssue(issue: Issue): string {
  const inner = closestMember(issue);
  if (inner) return describeIssue({ ...inner, path: [...issue.path, ...inner.path] });
  const message =
    issue.code === 'unrecognized_keys' && issue.keys
      ? `unknown key ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}`
      : issue.message
          .replace(/^Invalid input: /, '')
          .replace(/\s+/g, ' ')
          .replace(/^expected .*, received undefined$/, 'is missing');
  const path = printPath(issue.path);
  return path === '' ? message : `${path}: ${message}`;
}

/** Of a union that nothing fitted, the first complaint of the member that came furthest. */
function closestMember(issue: Issue): Issue | undefined {
  if (issue.code !== 'invalid_union' || !issue.errors) return undefined;
  const depth = (issues: readonly Issue[]) => Math.max(0, ...issues.map((each) => each.path.length));
  const closest = [...issue.errors].sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0];
  return closest?.[0];
}

function printPath(path: readonly PropertyKey[]): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (/^[A-Za-z_]\w*$/.test(String(part))) text += text === '' ? String(part) : `.${String(part)}`;
    else text += `[${JSON.stringify(String(part))}]`;
  }
  return text;
}
