/** What is seen of the original, as rows of our tables. */

const executor = 1;
const ofExecutor = ['executor', 'id'];

/** The tables that are told, with their keys. */
export const tables = {
  'asl.executors': ['executor'],
  'asl.messages': ['message_id'],
  'asl.executions': ofExecutor,
  'asl.activities': ofExecutor,
  'asl.branches': ofExecutor,
  'asl.iterations': ofExecutor,
  'asl.tasks': ofExecutor,
};

const jsonOf = (bytes) => JSON.parse(Buffer.from(bytes ?? '', 'base64').toString());
/** Go has no fields without a value, where ours are left out. */
const parents = ({ ParentBranchID, ParentIterationID }) => ({
  ...(ParentBranchID !== null && { parent_branch_id: ParentBranchID }),
  ...(ParentIterationID !== null && { parent_iteration_id: ParentIterationID }),
});

const byId = ({ ID }) => ({ id: ID });
const byActivity = ({ ActivityID }) => ({ activity_id: ActivityID });
const byTask = ({ TaskID }) => ({ task_id: TaskID });
const byBranch = ({ BranchID }) => ({ branch_id: BranchID });
const byIteration = ({ IterationID }) => ({ iteration_id: IterationID });
const output = ({ Output }) => ({ output: jsonOf(Output) });
const part = ({ ActivityID, Index, Input }) => ({
  activity_id: ActivityID,
  index: Index,
  input: jsonOf(Input),
});
const joined =
  (...parts) =>
  (message) =>
    Object.assign({}, ...parts.map((each) => each(message)));

const payloads = {
  StartExecution: ({ ID, Input, Timestamp }) => ({
    id: ID,
    input: jsonOf(Input),
    timestamp: String(Timestamp),
  }),
  ExecutionStarted: byId,
  StartState: joined(byActivity, parents, ({ ExecutionID, StateName, Input }) => ({
    execution_id: ExecutionID,
    state_name: StateName,
    input: jsonOf(Input),
  })),
  StateStarted: byActivity,
  CreateTask: joined(byId, byActivity, ({ Resource, Input }) => ({
    resource: Resource,
    input: jsonOf(Input),
  })),
  TaskCreated: byId,
  CompleteTask: joined(byTask, output),
  TaskCompleted: byTask,
  CompleteState: joined(byActivity, output),
  StateCompleted: byActivity,
  StartBranch: joined(byBranch, part),
  BranchStarted: byBranch,
  CompleteBranch: joined(byBranch, output),
  BranchCompleted: byBranch,
  StartIteration: joined(byIteration, part),
  IterationStarted: byIteration,
  CompleteIteration: joined(byIteration, output),
  IterationCompleted: byIteration,
  CompleteExecution: output,
};

export const payloadOf = ({ kind, payload }) => payloads[kind](payload);

/** Rows of `asl.messages`; `ids` are theirs. */
export const messagesOf = (queue, ids) =>
  queue.map((message, i) => ({
    message_id: ids[i],
    executor,
    kind: message.kind,
    payload: payloadOf(message),
  }));

export const executionsOf = (context) =>
  context === null
    ? []
    : [
        {
          ...{ executor, id: context.ID, input: jsonOf(context.Input), status: context.Status },
          ...{ timestamp: String(context.Timestamp), workflow_id: context.WorkflowID },
        },
      ];

/** The contexts of its store, each in the table of its kind. */
export function contextsOf(store) {
  const found = { activities: [], branches: [], iterations: [], tasks: [] };
  for (const [id, context] of Object.entries(store)) {
    const row = { executor, id };
    if (context.StateName !== undefined) found.activities.push({ ...row, ...activityOf(context) });
    else if (context.BranchID !== undefined) found.branches.push({ ...row, ...part(context) });
    else if (context.IterationID !== undefined)
      found.iterations.push({ ...row, index: context.Index, ...byActivity(context) });
    else found.tasks.push({ ...row, ...byActivity(context) });
  }
  return Object.entries(found).map(([name, rows]) => [`asl.${name}`, rows]);
}

function activityOf(context) {
  const { BranchStatus, IterationStatus } = context;
  const status = BranchStatus ?? IterationStatus;
  return {
    ...{ execution_id: context.ExecutionID, state_name: context.StateName },
    ...{ parent_branch_id: context.ParentBranchID, parent_iteration_id: context.ParentIterationID },
    input: jsonOf(context.Input),
    ...{ max: status?.Max ?? null, done: status?.Done ?? null },
    outputs: status ? (status.Output ?? []).map(jsonOf) : undefined,
  };
}
