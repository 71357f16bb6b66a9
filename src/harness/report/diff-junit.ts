/** The report of `diff` as JUnit's XML: a test case for each way in which the sides differ, or one that says they do not. */

import type { DiffReport, ReportedGroup } from '../diff/report.ts';
import { printSuites, type TestCase } from './junit.ts';

export function diffJunit(report: DiffReport, textOf: (group: ReportedGroup) => string): string {
  const { pgtwin, engine, from, to, versions, seed, samples, commands, seconds, groups, interrupted } =
    report;
  const same: TestCase = {
    name: `${from.name} and ${to.name} behave the same in every sample of seed ${seed}`,
    seconds,
    ...(interrupted ? { outcome: { tag: 'skipped', message: `interrupted after ${samples} samples` } } : {}),
  };
  const cases = groups.map((group): TestCase => {
    const { number, function: type, where, places } = group;
    const message = `differs: ${places.join(', ')}`;
    return {
      name: `${type}: ${where}`,
      seconds: number === 1 ? seconds : 0,
      outcome: { tag: 'failure', message, text: textOf(group) },
    };
  });
  return printSuites([
    {
      name: `pgtwin diff ${engine} ${from.name} ${to.name}`,
      cases: cases.length > 0 ? cases : [same],
      properties: { pgtwin, ...versions, seed, samples, commands },
    },
  ]);
}
