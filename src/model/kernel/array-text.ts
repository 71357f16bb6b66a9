/** An array of texts, as Postgres prints it. */
export function arrayText(items: readonly (string | null)[]): string {
  const written = items.map((item) => {
    if (item === null) return 'NULL';
    if (item !== '' && !/[{}",\\ \t\n\v\f\r]/.test(item) && !/^null$/i.test(item)) return item;
    return `"${item.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  });
  return `{${written.join(',')}}`;
}
