/**
 * Executes machines with the package, a line for each: what it reads is a case, what it writes is what came of it. It runs in a folder in
 * which the package is installed, with a copy of `answers.ts` beside it.
 */
import { createInterface } from 'node:readline';
import { StateMachine } from 'aws-local-stepfunctions';
import { Answers } from './answers.mts';

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await outcomeOf(JSON.parse(line)))}\n`);
}
// What was aborted may still wait.
process.exit(0);

async function outcomeOf({ machine, input, seed }) {
  const names = namesIn(machine);
  const answers = new Answers(seed);
  const each = (of) => Object.fromEntries(names.map((name) => [name, of(name)]));
  const execution = new StateMachine(machine, { validationOptions: { noValidate: true } }).run(input, {
    overrides: {
      taskResourceLocalHandlers: each((name) => (given) => answered(answers.answer(name, given))),
      waitTimeOverrides: each(() => 0),
      retryIntervalOverrides: each(() => 0),
    },
    context: { Execution: { Id: '1' } },
  });
  const late = new Promise((resolve) => setTimeout(resolve, 5000, { error: 'it hangs' }).unref());
  const ended = execution.result.then(
    (output) => (output === undefined ? { error: 'no output' } : { output }),
    ({ cause, name }) => ({ error: cause?.name ?? name }),
  );
  return Promise.race([ended, late]);
}

function answered(answer) {
  if ('value' in answer) return answer.value;
  throw Object.assign(new Error('why'), { name: answer.error });
}

function namesIn({ States }) {
  return Object.entries(States).flatMap(([name, { Branches = [], ItemProcessor, Iterator: older }]) => [
    name,
    ...[...Branches, ...(ItemProcessor ? [ItemProcessor] : []), ...(older ? [older] : [])].flatMap(namesIn),
  ]);
}
