/** Virtual time for people. */

/** `+1.500 s`, as the tables have it. */
export function exactly(milliseconds: number): string {
  return `${milliseconds < 0 ? '-' : '+'}${(Math.abs(milliseconds) / 1000).toFixed(3)} s`;
}

const units: readonly (readonly [name: string, milliseconds: number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
];

/** `0`, `+250 ms`, `+1.5 s`, `+2 h`: as short as an axis needs it. */
export function briefly(milliseconds: number): string {
  if (milliseconds === 0) return '0';
  const sign = milliseconds < 0 ? '-' : '+';
  const size = Math.abs(milliseconds);
  const [name, unit] = units.find(([, each]) => size >= each) ?? ['ms', 1];
  return `${sign}${Number((size / unit).toFixed(2))} ${name}`;
}

/** `1 row`, `2 rows` */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
