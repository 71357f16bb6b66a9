/** Reports for whatever reads JUnit's XML. */
import { visible, visibleLines } from '../../model/kernel/visible.ts';
import type { VerifyReport } from '../commands/verify.ts';

export interface TestCase {
  readonly name: string;
  readonly seconds: number;
  /** In the file's words: what did not hold, or why it was not looked at. */
  readonly outcome?: {
    readonly tag: 'failure' | 'skipped';
    readonly message: string;
    readonly text?: string;
  };
}

export interface TestSuite {
  readonly name: string;
  readonly cases: readonly TestCase[];
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A suite for each campaign, with its report for people. */
export function verifyJunit(campaigns: readonly (readonly [report: VerifyReport, text: string])[]): string {
  return printSuites(campaigns.map(([report, text]) => suiteOf(report, text)));
}

/** Two test cases: that the SQL agrees, and that every branch was reached. */
function suiteOf(report: VerifyReport, text: string): TestSuite {
  const { engine, release, divergence, interrupted, unwitnessed, seed } = report;
  const agrees: TestCase = {
    name: `the SQL agrees with the model in every ${seed === null ? 'recorded trace' : `sample of seed ${seed}`}`,
    seconds: report.seconds,
    ...(divergence
      ? { outcome: { tag: 'failure', message: `${divergence.where} differs`, text } }
      : interrupted
        ? { outcome: { tag: 'skipped', message: `interrupted after ${report.samples} samples` } }
        : {}),
  };
  const never = `never reached: ${unwitnessed.join(', ')}`;
  const reached: TestCase = {
    name: 'every branch of the model is reached',
    seconds: 0,
    ...(unwitnessed.length === 0
      ? {}
      : { outcome: { tag: report.verdict === 'unwitnessed' ? 'failure' : 'skipped', message: never } }),
  };
  const { pgtwin, versions, samples, commands } = report;
  return {
    name: `pgtwin verify ${engine} ${release}`,
    cases: [agrees, reached],
    properties: { pgtwin, ...versions, ...(seed !== null && { seed }), samples, commands },
  };
}

/** The file: a suite for each thing that was looked at. */
export function printSuites(suites: readonly TestSuite[]): string {
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${countsOf(suites.flatMap(({ cases }) => cases))}>`,
    ...suites.flatMap(suiteLines),
    '</testsuites>',
  ];
  return `${lines.join('\n')}\n`;
}

function countsOf(cases: readonly TestCase[]): string {
  const having = (tag: string) => cases.filter(({ outcome }) => outcome?.tag === tag).length;
  const seconds = cases.reduce((sum, each) => sum + each.seconds, 0).toFixed(3);
  return `tests="${cases.length}" failures="${having('failure')}" errors="0" skipped="${having('skipped')}" time="${seconds}"`;
}

function suiteLines({ name: of, cases, properties }: TestSuite): string[] {
  const name = visible(of);
  const lines = [
    `  <testsuite name="${escapeXml(name)}" ${countsOf(cases)}>`,
    '    <properties>',
    ...Object.entries(properties).map(
      ([key, value]) =>
        `      <property name="${escapeXml(visible(key))}" value="${escapeXml(visible(String(value)))}"/>`,
    ),
    '    </properties>',
  ];
  for (const { name: title, seconds: time, outcome } of cases) {
    const open = `    <testcase classname="${escapeXml(name)}" name="${escapeXml(visible(title))}" time="${time.toFixed(3)}"`;
    if (!outcome) lines.push(`${open}/>`);
    else {
      const { tag, message, text = '' } = outcome;
      lines.push(`${open}>`);
      lines.push(
        `      <${tag} message="${escapeXml(visible(message))}">${escapeXml(visibleLines(text))}</${tag}>`,
      );
      lines.push('    </testcase>');
    }
  }
  return [...lines, '  </testsuite>'];
}

// What XML 1.0 cannot hold even escaped: control characters, lone surrogates, U+FFFE and U+FFFF.
const impossible =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what this looks for.
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for an element or an attribute; what XML cannot hold is shown as `\uXXXX`. */
export function escapeXml(text: string): string {
  return text
    .replace(impossible, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/[&<>"]/g, (character) => entities[character]!);
}
