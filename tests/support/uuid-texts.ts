/** Texts that are uuids in some way of writing, or nearly. */
import fc from 'fast-check';

const digits = fc.array(fc.constantFrom(...'0123456789abcdefABCDEF'), { minLength: 32, maxLength: 32 });
/** Between which digits hyphens are: mostly behind every fourth, or some of these. */
const hyphens = fc.oneof(
  { weight: 2, arbitrary: fc.constant<number[]>([8, 12, 16, 20]) },
  { weight: 4, arbitrary: fc.subarray([4, 8, 12, 16, 20, 24, 28]) },
  { weight: 1, arbitrary: fc.subarray([0, 3, 4, 7, 8, 12, 16, 20, 30, 32], { maxLength: 3 }) },
);
const around = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<[string, string]>(['', ''], ['{', '}']) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<[string, string]>(
      ...([
        ['{', ''],
        ['', '}'],
        ['{{', '}}'],
        ['(', ')'],
        [' ', ''],
        ['', ' '],
        ['', '\n'],
      ] as [string, string][]),
    ),
  },
);
/** How many digits are left out at the end, or added. */
const surplus = fc.oneof(
  { weight: 9, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: fc.constantFrom('0', 'g', 'ä') },
);

export const uuidTexts: fc.Arbitrary<string> = fc
  .record({ digits, hyphens, around, surplus, length: fc.constantFrom(32, 32, 32, 32, 32, 32, 31) })
  .map(({ digits: all, hyphens: positions, around: [before, behind], surplus: more, length }) => {
    const written = [...all.slice(0, length), more].flatMap((digit, i) =>
      positions.includes(i) ? ['-', digit] : [digit],
    );
    return `${before}${written.join('')}${behind}`;
  });
