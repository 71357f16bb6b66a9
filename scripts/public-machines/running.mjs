/** One machine on the twin with several inputs: what came of it, and how much of it was reached. */
import {
  mergeCoverage,
  simulateStateMachine,
  TaskFailure,
} from '../../src/harness/state-machine/twin/index.ts';
import { statesIn } from '../../src/model/state-machine/states-language/language/scopes.ts';
import { wantedBy } from './wanted.mjs';

const rounds = 6;
const mostSteps = 5000;
const mostCalls = 300;

export async function run(definition) {
  const states =
    JSON.stringify(definition).match(/"Type":"(Pass|Task|Choice|Wait|Succeed|Fail|Parallel|Map)"/g)?.length ??
    0;
  try {
    simulateStateMachine(definition);
  } catch (error) {
    return { states, refused: wordsOf(error) };
  }
  const wanted = Array.from({ length: rounds }, (_, round) => wantedBy(definition, round));
  const runs = [
    ['{}', {}, plain],
    ...wanted.map((input, round) => [`round ${round}`, input, plain]),
    ['round of a list', [wanted[0], wanted[1]], plain],
    ...['States.TaskFailed', ...errorsOf(definition)].map((error) => [error, wanted[0], failing(error)]),
  ];
  const outcomes = [];
  const coverages = [];
  for (const [name, input, fault] of runs) {
    const sim = simulateStateMachine(definition, { handlers: handlersOf(definition, wanted, fault) });
    const execution = sim.start(input);
    let steps = 0;
    try {
      await sim.runUntil(() => execution.isOver || ++steps > mostSteps);
    } catch (error) {
      outcomes.push({ name, status: `stopped: ${wordsOf(error)}` });
      continue;
    }
    const { status, error, cause } = execution;
    outcomes.push({ name, status: execution.isOver ? status : 'goes on', error, cause });
    coverages.push(sim.coverage);
  }
  const share = coverages.length > 0 ? mergeCoverage(coverages).share : 0;
  return { states, outcomes, share };
}

const wordsOf = (error) =>
  String(error?.message ?? error)
    .replace(/\s+/g, ' ')
    .trim();

const plain = () => undefined;
const failing = (error) => (call) => {
  if (call === 1) throw new TaskFailure(error, 'planted');
};

/** The errors that the machine handles by name. */
function errorsOf(definition) {
  const handlers = [...statesIn(definition)].flatMap(([, { Retry = [], Catch = [] }]) => [
    ...Retry,
    ...Catch,
  ]);
  const names = handlers.flatMap(({ ErrorEquals }) => ErrorEquals);
  return [...new Set(names)].filter((name) => !/^States\.(ALL|TaskFailed|Runtime)$/.test(name)).slice(0, 8);
}

/** A task gives what all paths find something in, and what they find at its `ResultPath`; with each call, of the next round. */
function handlersOf(definition, wanted, fault) {
  let calls = 0;
  const states = new Map(statesIn(definition));
  const tasks = [...states].filter(([, { Type }]) => Type === 'Task');
  return Object.fromEntries(
    tasks.map(([name, { ResultPath, ResultSelector, OutputPath, Next }]) => [
      name,
      (_, { call }) => {
        if (++calls > mostCalls) throw new TaskFailure('TooManyCalls', 'the stubs stop here');
        fault(call);
        const { Type, InputPath, ItemsPath } = states.get(Next) ?? {};
        if (Type === 'Map' && (InputPath ?? ItemsPath) === undefined && ResultPath === undefined)
          return [wanted[0], wanted[1]];
        const all = wanted[(call - 1) % rounds];
        const steps = typeof ResultPath === 'string' ? stepsOf(ResultPath) : [];
        const at = steps.reduce((value, step) => value?.[step], all);
        const isObject = typeof at === 'object' && at !== null && !Array.isArray(at);
        if (steps.length > 0 && !isObject && at !== undefined && ResultSelector === undefined) return at;
        const whole = { ...all, ...(isObject && at) };
        // What comes after `OutputPath` is looked for below it.
        return ResultPath === undefined && typeof OutputPath === 'string'
          ? withAt(whole, stepsOf(OutputPath), all)
          : whole;
      },
    ]),
  );
}

const stepsOf = (path) => [...path.matchAll(/[.'"]([\w-]+)/g)].map(([, step]) => step);

function withAt(value, [step, ...rest], inner) {
  if (step === undefined) return { ...value, ...inner };
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return { ...(isObject && value), [step]: withAt(isObject ? value[step] : {}, rest, inner) };
}
