/** Mutants of 0.1.20 that nothing can tell from the original, each with the argument. */
import type { EquivalentMutants } from '../../contract/mutation.ts';

export const equivalentMutants: readonly EquivalentMutants[] = [
  {
    reason: 'no one reads what the insertion of dependencies returns',
    mutants: {
      '0a1fb1ec': 'add_step: + RETURNING 0',
      a078799b: 'add_step: + RETURNING 2',
    },
  },
  {
    reason:
      'a step has one task in this release: where completing it is not refused by the CHECK, none remains, and the step is completed',
    mutants: {
      '47b8a6df': 'complete_task: + JOIN step_state s ON d.flow_slug = s.flow_slug',
      b085d0cd: "complete_task: - AND step_state.status = 'completed';",
    },
  },
  {
    reason:
      'an UPDATE promises no order of its rows, whatever the order of the CTE that it is joined to, and the model accepts any',
    mutants: {
      ba3ca050: 'complete_task: - ORDER BY d.step_slug',
      '36ce061c': 'complete_task: + ORDER BY d.step_slug DESC',
      '84859bec': 'start_ready_steps: - ORDER BY step_state.step_slug',
      fbfc6b51: 'start_ready_steps: + ORDER BY step_state.step_slug DESC',
    },
  },
  {
    reason: 'pgmq.create changes nothing where the queue is there already',
    mutants: {
      '9e8e6ce8': 'create_flow: + WHERE true',
    },
  },
  {
    reason: 'the column is not among those selected',
    mutants: {
      '426961e7': 'create_flow: + LEFT JOIN (SELECT 2 FROM ensure_queue) _dummy ON true;',
      dbc118a4: 'create_flow: + LEFT JOIN (SELECT 0 FROM ensure_queue) _dummy ON true;',
    },
  },
  {
    reason: 'nothing reads the base delay of this CTE: the retry looks it up once more',
    mutants: {
      e5d1a132: 'fail_task: + COALESCE(f.opt_base_delay, s.opt_base_delay) AS opt_base_delay',
    },
  },
  {
    reason: 'join and WHERE say the same, and one of them is enough',
    mutants: {
      c7b68b56: 'fail_task: + JOIN flow_info fi ON true',
      '327d0049': 'fail_task: + WHERE s.step_slug = fail_task.step_slug',
      '28d9e60d': 'poll_for_tasks: + join read_messages as message on true',
      '1667f671': "poll_for_tasks: + where task.status = 'queued'",
    },
  },
  {
    reason: 'selecting from a CTE without rows gives no rows anyway',
    mutants: {
      bb3c5b3c: 'fail_task: + WHERE true',
      '9d2f50ad': 'fail_task: + WHERE true',
    },
  },
  {
    reason: 'the regular expression does not fit the empty text either',
    mutants: {
      '9988ed16': "is_valid_slug: - and slug <> ''",
    },
  },
  {
    reason:
      'a run is of one flow, and rows that come twice give the same key with the same value, which a jsonb object has once',
    mutants: {
      f40843ed: 'maybe_complete_run: + JOIN pgflow.runs r ON r.flow_slug = ss.flow_slug',
      e4c79136: 'maybe_complete_run: + JOIN pgflow.runs r ON r.run_id = ss.run_id',
    },
  },
  {
    reason: 'where no step remains, every task is completed',
    mutants: {
      '03bf1164': "maybe_complete_run: - AND st.status = 'completed'",
    },
  },
  {
    reason: 'the runs are joined by their id, so that no other comes in',
    mutants: {
      '3a305ee4': 'poll_for_tasks: + where true',
    },
  },
  {
    reason: 'no other run has a step that is ready: those are started by the command that makes them ready',
    mutants: {
      '5628a2e0': "start_ready_steps: + WHERE step_state.status = 'created'",
    },
  },
];
