/** JSON as text, read without losing a digit: jsonb keeps numbers that a JavaScript number does not hold. */

/** A number that no JavaScript number holds: what would be read instead is another. It equals no number. */
export class ExactNumber {
  /** As JSON writes it, without the zeros that say nothing. */
  readonly digits: string;
  constructor(literal: string) {
    this.digits = /[.]\d*$/.test(literal) ? literal.replace(/[.]?0*$/, '') : literal;
  }
  toJSON(): string {
    return this.digits;
  }
}

/** Where none of these is, every number is one that JavaScript holds: at most 15 digits, and no exponent. */
const suspicious = /[\d.]{16}|\d[eE]/;
const strings = /"[^"\\]*(?:\\.[^"\\]*)*"/.source;
const stringOrNumber = new RegExp(`${strings}|-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?`, 'g');

/** As `JSON.parse`, but each number that it would change is an {@link ExactNumber}. */
export function parseJson(text: string): unknown {
  const parsed = JSON.parse(text);
  if (!suspicious.test(text)) return parsed;
  let mark = '\ue000';
  while (text.includes(mark)) mark += '\ue000';
  let isAny = false;
  const marked = text.replace(stringOrNumber, (token) => {
    if (token.startsWith('"') || isHeld(token)) return token;
    isAny = true;
    return `"${mark}${token}"`;
  });
  if (!isAny) return parsed;
  return JSON.parse(marked, (_, value) =>
    typeof value === 'string' && value.startsWith(mark) ? new ExactNumber(value.slice(mark.length)) : value,
  );
}

/** Whether reading the number and writing it again gives the same number. */
function isHeld(literal: string): boolean {
  const read = Number(literal);
  return Number.isFinite(read) && canonicalNumber(literal) === canonicalNumber(String(read));
}

/** The same text for numbers that are the same: its digits, and the power of ten that they are multiplied with. */
function canonicalNumber(literal: string): string {
  const [, sign, whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(literal) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  // Zero has no sign in jsonb.
  if (significant === '') return '0';
  const exponent = BigInt(power) - BigInt(fraction.length) + BigInt(digits.length - significant.length);
  return `${sign}${significant}e${exponent}`;
}
