/** Bugs that a release of pgflow had and another had not, both in the installed package, that one connection can show. */

export interface Exhibit {
  /** The name of the trace beside this file. */
  readonly slug: string;
  /** What happened, as a sentence. */
  readonly bug: string;
  /** A release that has the bug, and the next one before or after that has it not. */
  readonly has: string;
  readonly hasNot: string;
  /** The pull requests and issues upstream that are about it. */
  readonly upstream: readonly string[];
  readonly found: FoundByDiff | FoundByVerify;
}

/** The difference between the two releases, the older one first. */
export interface FoundByDiff {
  readonly by: 'diff';
  readonly function: string;
  readonly where: string;
}

/** A deviation of a modelled release, found by holding its SQL against the documentation. */
export interface FoundByVerify {
  readonly by: 'verify';
  readonly intended: string;
}

const diff = (type: string, where: string): FoundByDiff => ({ by: 'diff', function: type, where });

/** In the order of the releases that brought or mended them. */
export const exhibits: readonly Exhibit[] = [
  {
    slug: 'a-task-is-handed-out-from-the-queue-of-another-flow',
    bug: 'Tasks were looked up by the id of their message alone, so polling one flow could hand out a task of another.',
    has: '0.1.20',
    hasNot: '0.3.0',
    upstream: ['pgflow-dev/pgflow#148'],
    found: { by: 'verify', intended: 'tasks-are-polled-from-the-queues-of-other-flows' },
  },
  {
    slug: 'completing-a-task-twice-is-refused',
    bug: 'Completing a task a second time counted down below zero, which a CHECK refused.',
    has: '0.2.4',
    hasNot: '0.3.0',
    upstream: ['pgflow-dev/pgflow#148'],
    found: diff('complete_task', 'refused with 23514 (from only)'),
  },
  {
    slug: 'a-timeout-near-the-largest-integer-keeps-a-task-from-starting',
    bug: 'Two seconds were added to the timeout of a step as an integer; the addition overflowed, and the task could not be started.',
    has: '0.3.0',
    hasNot: '0.3.1',
    upstream: ['pgflow-dev/pgflow#150'],
    found: diff('start_tasks', 'refused with 22003 (from only)'),
  },
  {
    slug: 'starting-a-task-does-not-extend-the-visibility-of-its-message',
    bug: 'The call that would extend the visibility of a started message stands in a part of the statement that is never evaluated.',
    has: '0.3.1',
    hasNot: '0.3.0',
    upstream: ['pgflow-dev/pgflow#150', 'pgflow-dev/pgflow#656'],
    found: diff('start_tasks', 'q_*.vt'),
  },
  {
    slug: 'a-step-that-fails-is-not-announced',
    bug: 'The broadcast that a step failed stood in a part of the statement that is never evaluated.',
    has: '0.4.0',
    hasNot: '0.4.2',
    upstream: ['pgflow-dev/pgflow#161'],
    found: diff('fail_task', 'sent step:failed (to only)'),
  },
  {
    slug: 'a-flow-without-steps-never-ends',
    bug: 'Nothing looked whether a run was over when it started, so one of a flow without steps stayed started for ever.',
    has: '0.6.0',
    hasNot: '0.7.0',
    upstream: ['pgflow-dev/pgflow#230'],
    found: diff('start_flow', 'runs.status'),
  },
  {
    slug: 'a-failed-run-leaves-its-messages-in-the-queue',
    bug: 'When a run failed, the messages of its other tasks stayed in the queue.',
    has: '0.6.0',
    hasNot: '0.7.0',
    upstream: ['pgflow-dev/pgflow#220'],
    found: diff('fail_task', 'a_*: a row (to only)'),
  },
  {
    slug: 'a-task-of-a-failed-run-is-started',
    bug: 'A task of a run that had failed could still be started.',
    has: '0.6.0',
    hasNot: '0.7.0',
    upstream: ['pgflow-dev/pgflow#220'],
    found: diff('start_tasks', 'a returned row (from only)'),
  },
  {
    slug: 'a-task-of-a-failed-run-is-completed',
    bug: 'Completing a task of a run that had failed went on with the run: counters, steps and all.',
    has: '0.6.0',
    hasNot: '0.7.0',
    upstream: ['pgflow-dev/pgflow#220'],
    found: diff('complete_task', 'runs.remaining_steps'),
  },
  {
    slug: 'a-task-of-a-failed-run-is-tried-again',
    bug: 'A task that failed in a run that had failed already was put back into the queue to be tried again.',
    has: '0.6.0',
    hasNot: '0.7.0',
    upstream: ['pgflow-dev/pgflow#220'],
    found: diff('fail_task', 'step_tasks.status'),
  },
  {
    slug: 'a-run-that-failed-fails-again',
    bug: 'A second failure of a run announced once more that it failed, and forgot when it had failed first.',
    has: '0.6.0',
    hasNot: '0.7.0',
    upstream: ['pgflow-dev/pgflow#220'],
    found: diff('fail_task', 'sent run:failed (from only)'),
  },
  {
    slug: 'a-step-starts-unannounced',
    bug: 'The broadcast that a step started stood in a part of the statement that is never evaluated.',
    has: '0.7.0',
    hasNot: '0.7.2',
    upstream: ['pgflow-dev/pgflow#304', 'pgflow-dev/pgflow#305'],
    found: diff('start_flow', 'sent step:started (to only)'),
  },
  {
    slug: 'an-empty-map-ends-unannounced',
    bug: 'A map over nothing ended without a broadcast that it completed.',
    has: '0.7.0',
    hasNot: '0.7.2',
    upstream: ['pgflow-dev/pgflow#304', 'pgflow-dev/pgflow#305'],
    found: diff('start_flow', 'sent step:completed (to only)'),
  },
  {
    slug: 'a-run-fails-unannounced-for-an-output-of-the-wrong-type',
    bug: 'A run that failed for an output that is no array announced neither that the run failed nor that the step did.',
    has: '0.7.0',
    hasNot: '0.7.2',
    upstream: ['pgflow-dev/pgflow#304'],
    found: diff('complete_task', 'sent run:failed (to only)'),
  },
  {
    slug: 'messages-cannot-be-put-off-together',
    bug: 'The function returned five columns as a type of pgmq that has more since pgmq 1.5, so every call was refused there.',
    has: '0.7.2',
    hasNot: '0.8.1',
    upstream: ['pgflow-dev/pgflow#301'],
    found: diff('set_vt_batch', 'refused with 42804 (from only)'),
  },
];
