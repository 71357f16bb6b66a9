// Long tier: asl-validator takes 50 ms for a definition.
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { broken } from '../../../src/harness/state-machine/states-language/arbitrary/broken.ts';
import { machines } from '../../../src/harness/state-machine/states-language/arbitrary/machines.ts';
import { SimulationError, simulateStateMachine } from '../../../src/harness/state-machine/twin/index.ts';
import type { MachineJson } from '../../../src/model/state-machine/states-language/language/definition.ts';
import { seed } from '../../support/for-all.ts';

interface Answer {
  readonly isValid: boolean;
  readonly errors: readonly unknown[];
}
type Validate = (
  definition: unknown,
  options: { readonly checkArn: boolean; readonly checkPaths: boolean },
) => Answer;
const validate = createRequire(import.meta.url)('asl-validator') as Validate;

/** It writes into what it is given. */
const theirs = (definition: MachineJson): Answer =>
  validate(structuredClone(definition), { checkArn: false, checkPaths: true });

/** Undefined where it is a machine. */
function ours(definition: MachineJson): string | undefined {
  try {
    simulateStateMachine(definition);
    return undefined;
  } catch (error) {
    if (error instanceof SimulationError) return error.message;
    throw error;
  }
}

/** What only asl-validator refuses, and why. */
const onlyTheirs: readonly (readonly [string, RegExp])[] = [
  // Ours is right: it is a boolean.
  ['End is false', /"End":false/],
  // The language says nothing; the service refuses it as well.
  ['a key with .$ and the same without', /"x\.\$":"\$\.a","x":1/],
  // Asl-validator is right: ours takes more than it should.
  [
    'Parameters and ItemSelector of a Map',
    /"Type":"Map"[\s\S]*("ItemSelector"[\s\S]*"Parameters"|"Parameters"[\s\S]*"ItemSelector")/,
  ],
  ['a template that is no object', /"(Parameters|ResultSelector|ItemSelector)":("text"|null|\[)/],
  ['a reference path with wildcards', /"(Variable|[A-Za-z]+Path)":"\$[^"]*(\*|\?|:|\.\.)/],
  // The language does not say whether an index of a reference path may count from the end. As a ResultPath both refuse it.
  ['an index from the end', /"(Variable|[A-Za-z]+Path)":"\$\[-1\]"/],
  // Ours is right: what a type does not know is ignored.
  [
    'fields of another type',
    /"Type":"(Pass|Succeed|Fail)"[^}]*"(Catch|Choices|SecondsPath|ResultPath|InputPath|Next|ItemReader)"/,
  ],
];

/** What only ours refuses, and why. */
const onlyOurs: readonly (readonly [string, RegExp])[] = [
  // Asl-validator is right: these name one place.
  ['a reference path of rare form', /ResultPath is no path: \$(\[-1\]|\[1234567890\]|\['a\\b'\])$/],
  // The others: ours is right by the language.
  ['what is not modelled', /is not modelled|QueryLanguage JSONata/],
  ['ErrorEquals is empty', /ErrorEquals is empty/],
  ['States.ALL among others', /States\.ALL must stand alone, and last/],
  ['HeartbeatSeconds', /HeartbeatSeconds is not below TimeoutSeconds/],
  ['what is no path', /is no path/],
  ['a key with .$ whose value is no path', /needs a path/],
];

test('asl-validator and the twin take the same definitions for machines, but for the reasons that are listed', () => {
  const all = [
    ...fc.sample(machines(0.5), { seed: seed | 0, numRuns: 400 }),
    ...fc.sample(broken, { seed: seed | 0, numRuns: 800 }),
  ];
  const unexplained: string[] = [];
  const seen = new Map<string, number>();
  const count = (kind: string) => seen.set(kind, (seen.get(kind) ?? 0) + 1);
  for (const definition of all) {
    const text = JSON.stringify(definition);
    const [answer, refusal] = [theirs(definition), ours(definition)];
    if (answer.isValid === (refusal === undefined)) count(answer.isValid ? 'both take it' : 'both refuse it');
    else {
      const why = answer.isValid
        ? onlyOurs.find(([, known]) => known.test(refusal!))
        : onlyTheirs.find(([, known]) => known.test(text));
      if (why) count(why[0]);
      else unexplained.push(`${text}: ${refusal ?? JSON.stringify(answer.errors)}`);
    }
  }
  expect(unexplained.slice(0, 5), `PGTWIN_SEED=${seed}`).toEqual([]);
  expect(seen.get('both take it')).toBeGreaterThan(300);
  expect(seen.get('both refuse it')).toBeGreaterThan(150);
  // A reason that is no longer met is to be taken off its list. Another seed may miss one.
  const listed = [...onlyTheirs, ...onlyOurs].map(([kind]) => kind);
  expect(seed === 1 ? listed.filter((kind) => !seen.has(kind)) : []).toEqual([]);
});
