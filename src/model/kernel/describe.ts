/** A command for a person to read: the SQL call that one would type, with named arguments. */
export function describeCall(
  schema: string,
  command: { readonly type: string },
  jsonbParameters: ReadonlySet<string>,
): string {
  const { type, ...parameters } = command;
  const name = type.includes('.') ? type : `${schema}.${type}`;
  const written = Object.entries(parameters)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key} => ${jsonbParameters.has(key) ? json(value) : literal(value)}`);
  return `${name}(${written.join(', ')})`;
}

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;
const json = (value: unknown) => `${quote(JSON.stringify(value))}::jsonb`;

function literal(value: unknown): string {
  if (Array.isArray(value)) return `array[${value.map(literal).join(', ')}]`;
  return typeof value === 'string' ? quote(value) : String(value);
}
