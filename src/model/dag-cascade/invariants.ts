/** Laws of every reachable state: what is looked up is what walking all of it would find. */
import type { Invariant } from '../kernel/machine.ts';
import { isFlows, isNode, nodeRunOf, taskIdOf } from './draft.ts';
import type { DagCascadeState, FlowRun } from './state.ts';

/** The tasks of a run, by all that walks them. */
const tasksOf = ({ tasks }: DagCascadeState, { flow_id }: FlowRun) =>
  tasks
    .values()
    .filter(isFlows)
    .filter(({ task_data }) => task_data.flow_id === flow_id);

export const invariants: readonly Invariant<DagCascadeState>[] = [
  {
    title: 'a run has at most one task for each node and arguments, and counts those that are open',
    violation: (state) => {
      for (const run of state.flows.values()) {
        const tasks = tasksOf(state, run);
        for (const { task_id, task_data } of tasks) {
          const known = taskIdOf(run, task_data.node, task_data.step_arguments);
          if (known !== task_id) return `task ${task_id}, and ${known} of the same node and arguments`;
        }
        const open = tasks.filter(({ processed }) => processed === null).length;
        if (open !== run.openTasks) return `flow ${run.flow_id}: ${open} open, and not ${run.openTasks}`;
      }
      return undefined;
    },
  },
  {
    title: 'the steps of a node are counted as they are',
    violation: (state) => {
      for (const run of state.flows.values()) {
        for (const name of run.nodes.keys()) {
          const steps = tasksOf(state, run).filter(
            ({ task_data }) => task_data.node === name && !isNode(task_data.step_arguments),
          );
          const { openSteps, failedSteps } = nodeRunOf(run, name);
          const open = steps.filter(({ processed }) => processed === null).length;
          const failed = steps.filter((step) => step.failed === true).length;
          if (open !== openSteps || failed !== failedSteps) return `flow ${run.flow_id} node ${name}`;
        }
      }
      return undefined;
    },
  },
  {
    title: 'what is not processed is known as open',
    violation: ({ tasks, open, flows, openFlows }) => {
      const task = tasks
        .values()
        .find((each) => (each.processed === null) !== (open.get(each.task_id) !== undefined));
      if (task) return `task ${task.task_id}`;
      const run = flows
        .values()
        .find((each) => (each.processed === null) !== (openFlows.get(each.flow_id) !== undefined));
      return run && `flow ${run.flow_id}`;
    },
  },
  {
    title: 'whoever works is known by its task, and has a connection',
    violation: ({ workers, busy, connections }) => {
      const working = workers.values().filter(({ task_id }) => task_id !== null);
      const stranger = working.find(
        ({ slot, task_id, name }) =>
          busy.get(String(task_id))?.includes(slot) !== true || !connections.has(name),
      );
      if (stranger) return `worker ${stranger.slot}`;
      const known = [...busy.values()].flat().length;
      return working.length === known ? undefined : `${known} known, and ${working.length} at work`;
    },
  },
  {
    title: 'runs are known by what has started them',
    violation: ({ flows, startedBy }) => {
      for (const { flow_id, parent_flow_id, parent_task_id } of flows.values()) {
        for (const key of [`flow ${parent_flow_id}`, `task ${parent_task_id}`]) {
          if (!key.endsWith('null') && startedBy.get(key)?.get(flow_id) === undefined)
            return `flow ${flow_id}`;
        }
      }
      return undefined;
    },
  },
  {
    title: 'ids come from the sequences',
    violation: ({ tasks, lastTask, flows, lastFlow }) => {
      const task = tasks.last?.task_id ?? 0;
      const run = flows.last?.flow_id ?? 0;
      return task <= lastTask && run <= lastFlow ? undefined : `task ${task} or flow ${run}`;
    },
  },
];
