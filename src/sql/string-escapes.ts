/** Escapes in strings and names: those of `E'...'`, and those of `U&'...'` and `U&"..."`. */

const letters: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Of an `E'...'`, without its quotes. Bytes above ASCII are taken one by one. */
export const withEscapes = (content: string): string =>
  content.replace(
    /\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|x([\da-fA-F]{1,2})|([0-7]{1,3})|([\s\S]))/g,
    (_, four, eight, hex, octal, one) => {
      if (one !== undefined) return letters[one] ?? one;
      return octal === undefined ? character(four ?? eight ?? hex, 16) : character(octal, 8);
    },
  );

/** Of a `U&'...'` or `U&"..."`, as long as UESCAPE gives it no other sign than the backslash. */
export const withUnicodeEscapes = (content: string): string =>
  content.replace(/\\(?:([\da-f]{4})|\+([\da-f]{6})|\\)/gi, (_, four, six) =>
    four === undefined && six === undefined ? '\\' : character(four ?? six, 16),
  );

/** The server refuses numbers beyond the last character. */
const character = (digits: string, base: number) => {
  const number = Number.parseInt(digits, base);
  return number > 0x10ffff ? '' : String.fromCodePoint(number);
};
