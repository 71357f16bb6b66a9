/** Whatever prints: a text in every place of a report, on a terminal, in a file and on a page. */
import fc from 'fast-check';
import { mutantsHtml } from '../../../src/harness/report/html/mutants-page.ts';
import { writePage } from '../../../src/harness/report/html/write-page.ts';
import { printJson } from '../../../src/harness/report/json.ts';
import { visible } from '../../../src/model/kernel/visible.ts';
import { hostileMutants, hostilePage, markups } from '../../support/hostile-pages.ts';
import { coloured, files, lines, plain, printers } from '../../support/hostile-reports.ts';
import { faultsOf, hostileText } from '../../support/hostile-texts.ts';
import { xmlFault } from '../../support/xml.ts';
import type { Target } from '../fuzz.ts';

const text = fc.oneof(
  { weight: 3, arbitrary: hostileText },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...markups), hostileText, fc.boolean())
      .map(([markup, other, isFirst]) => (isFirst ? markup + other : other + markup)),
  },
  { weight: 1, arbitrary: fc.tuple(hostileText, fc.nat({ max: 400 })).map(([x, n]) => x.repeat(n % 60)) },
);

interface Printed {
  readonly where: string;
  readonly text: string;
}

/** As long, since what is long has a line of its own, or is cut. */
const harmless = (x: string) => 'x'.repeat(visible(x).length);

function check(printed: string, expected: string): void {
  const faults = faultsOf(printed, expected);
  if (faults.length > 0) throw new Error(`${faults.join('; ')}: ${JSON.stringify(printed.slice(0, 500))}`);
}

const tagsOf = (html: string) => html.match(/<[!/a-z][^>]*>/gi);
/** The page of commands draws, and the room that a text takes is in its tags; and it embeds its data as a script. */
const tagNamesOf = (html: string) =>
  html.match(/<[!/a-z][^>]*>/gi)!.map((tag) => `${/^<[^ >]*/.exec(tag)![0]} ${attributeNamesOf(tag)}`);
const attributeNamesOf = (tag: string) => tag.match(/ [a-z-]+(?==")/g)?.join('') ?? '';

function checkTags(page: readonly string[] | null, expected: readonly string[] | null): void {
  const at = expected?.findIndex((tag, i) => tag !== page?.[i]) ?? 0;
  if (page?.length !== expected?.length || at >= 0)
    throw new Error(`tag ${at}: ${page?.[at]} in place of ${expected?.[at]}`);
}

const pages: Readonly<Record<string, (x: string) => void | Promise<void>>> = {
  'the page of mutants': (x) => {
    const page = (of: string) => mutantsHtml(hostileMutants(of), ({ type }) => `call.${type}()`);
    checkTags(tagsOf(page(x)), tagsOf(page('x')));
  },
  'the page of commands': async (x) => {
    // A node of no kind is drawn in another way.
    if (x === '') return;
    const page = await writePage(hostilePage(x));
    checkTags(tagNamesOf(page), tagNamesOf(await writePage(hostilePage('x'))));
    const [, data] = /<script type="application\/json" id="data">([^<]*)<\/script>/.exec(page)!;
    JSON.parse(data!);
  },
  JSON: (x) => {
    const value = { [x]: [x, { [x]: x }] };
    const printed = printJson(value);
    if (JSON.stringify(JSON.parse(printed)) !== JSON.stringify(value)) throw new Error('it is another value');
    check(printed, printJson({ x: ['x', { x: 'x' }] }));
  },
};

const places: Readonly<Record<string, (x: string) => void | Promise<void>>> = {
  ...pages,
  ...mapped(printers, (print, x) => {
    check(print(x, plain), print(harmless(x), plain));
    check(print(x, coloured), print(harmless(x), coloured));
  }),
  ...mapped(files, (print, x) => {
    const printed = print(x);
    check(printed, print(harmless(x)));
    const fault = printed.startsWith('<?xml') ? xmlFault(printed) : undefined;
    if (fault !== undefined) throw new Error(fault);
  }),
  ...mapped(lines, (print, x) => check(`pgtwin: ${print(x)}`, 'one line')),
};

function mapped<Print>(
  of: Readonly<Record<string, Print>>,
  checked: (print: Print, x: string) => void,
): Record<string, (x: string) => void> {
  return Object.fromEntries(
    Object.entries(of).map(([name, print]) => [name, (x: string) => checked(print, x)]),
  );
}

export const printed: Target = {
  name: 'texts in reports and pages',
  arbitrary: () => fc.record({ where: fc.constantFrom(...Object.keys(places)), text }),
  async run({ where, text: x }: Printed) {
    await places[where]!(x);
    return /page/.test(where) ? 'page' : where in printers ? 'terminal' : 'text';
  },
};
