/** Whatever a text holds that is not ours, the lines of a report stay lines, and none is a command of a workflow runner. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failureLine } from '../../../src/harness/cli/failure.ts';
import { asVitest } from '../../../src/harness/report/as-vitest.ts';
import { printJson } from '../../../src/harness/report/json.ts';
import { SimulationError } from '../../../src/harness/twin/simulation-error.ts';
import { visible, visibleJson, visibleLines } from '../../../src/model/kernel/visible.ts';
import { asText, literalOf } from '../../../src/sql/call.ts';
import { SetupError } from '../../../src/sql/setup-error.ts';
import { coloured, files, lines, plain, printers, reportsWith } from '../../support/hostile-reports.ts';
import { faultsOf, hostileText, ordinaryTexts } from '../../support/hostile-texts.ts';

/** As long, since what is long has a line of its own. */
const harmless = (x: string) => 'x'.repeat(visible(x).length);
const each = (law: (x: string) => void) => {
  const property = fc.property(hostileText, (x) => {
    law(x);
  });
  fc.assert(property, { numRuns: 300 });
};

describe('no text that is not ours breaks out of its line', () => {
  it.each(Object.entries(printers))('%s', (_, print) => {
    each((x) => {
      expect(faultsOf(print(x, plain), print(harmless(x), plain))).toEqual([]);
      expect(faultsOf(print(x, coloured), print(harmless(x), coloured))).toEqual([]);
    });
  });

  it.each(Object.entries(files))('%s', (_, print) => {
    each((x) => expect(faultsOf(print(x), print(harmless(x)))).toEqual([]));
  });

  it.each(Object.entries(lines))('%s', (_, print) => {
    // As the command writes it, behind its own name.
    each((x) => expect(faultsOf(`pgtwin: ${print(x)}`, 'one line')).toEqual([]));
  });

  it('of an error with lines of ours, as many as there are', () => {
    each((x) => {
      const { message } = new SimulationError(`a\n${x.replaceAll(/[\r\n\t]/g, '')}`);
      expect(faultsOf(message, 'a\nb')).toEqual([]);
    });
  });
});

describe('what is exact stays so', () => {
  it('JSON is read back as it was, and its lines are no commands', () => {
    each((x) => {
      const value = { [x]: [x, { x }] };
      const text = printJson(value);
      expect(JSON.parse(text)).toEqual(value);
      expect(faultsOf(text, printJson({ x: ['x', { x: 'x' }] }))).toEqual([]);
    });
  });

  it('a test for vitest holds the texts of the trace', () => {
    each((x) => {
      const text = asVitest(reportsWith(x).trace, { intended: [] }, x);
      const [, literal] = /const trace = (\{[\s\S]*?\n\});/.exec(text)!;
      expect(new Function(`return ${literal}`)()).toEqual(reportsWith(x).trace);
    });
  });

  it('ordinary texts are printed as they are', () => {
    for (const text of ordinaryTexts) {
      expect(visible(text)).toBe(text);
      expect(visibleLines(`${text}\n\t${text}`)).toBe(`${text}\n\t${text}`);
      expect(visibleJson(JSON.stringify({ text }, null, 2))).toBe(JSON.stringify({ text }, null, 2));
      expect(literalOf(text)).toBe(`'${text.replaceAll("'", "''")}'`);
      expect(failureLine(new SetupError(text))).toBe(text);
    }
  });

  it('a literal of SQL keeps line breaks and backslashes, and is escaped where a line of it would be a command', () => {
    expect(asText({ text: 'select $1', params: ["a\n\t\\ 'b'"] })).toBe("select 'a\n\t\\ ''b'''");
    expect(literalOf('a\\\n::error::')).toBe("E'a\\\\\n\\u003a:error::'");
    expect(literalOf('\u001b ##[error]')).toBe("E'\\u001b ##\\u005berror]'");
  });

  it('what was made visible once is not changed again', () => {
    each((x) => expect(visible(visible(x))).toBe(visible(x)));
  });
});
