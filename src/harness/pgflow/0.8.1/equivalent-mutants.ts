/** Mutants of 0.8.1 that nothing can tell from the original, each with the argument. */
import type { EquivalentMutants } from '../../contract/mutation.ts';

export const equivalentMutants: readonly EquivalentMutants[] = [
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
    reason: 'the regular expression does not fit the empty text either',
    mutants: {
      '9988ed16': "is_valid_slug: - and slug <> ''",
    },
  },
  {
    reason:
      'an UPDATE promises no order of its rows, whatever the order of the CTE that it is joined to, and the model accepts any',
    mutants: {
      '411476ad': 'complete_task: - ORDER BY deps.step_slug',
      '2d30bc45': 'complete_task: + ORDER BY deps.step_slug DESC',
      '43f5a419': 'start_ready_steps: - ORDER BY step_state.step_slug',
      '395d3298': 'start_ready_steps: + ORDER BY step_state.step_slug DESC',
      '7e1cf564': 'start_ready_steps: - ORDER BY step_state.step_slug',
      fc8c065e: 'start_ready_steps: + ORDER BY step_state.step_slug DESC',
      '5e282608': 'cascade_complete_taskless_steps: - ORDER BY s.step_index',
      '6ac7fc81': 'cascade_complete_taskless_steps: + ORDER BY s.step_index DESC',
    },
  },
  {
    reason:
      'the join is there for the ORDER BY, and an UPDATE promises no order of its rows: it updates each once, however often it is joined',
    mutants: {
      '2ea0a627': 'cascade_complete_taskless_steps: + JOIN pgflow.steps s ON s.step_slug = ss.step_slug',
      c3b80099: 'cascade_complete_taskless_steps: + JOIN pgflow.steps s ON s.flow_slug = ss.flow_slug',
    },
  },
  {
    reason: 'join and WHERE say the same, and one of them is enough',
    mutants: {
      '0d00fdbe': 'fail_task: + JOIN flow_info fi ON true',
      '6200cab7': 'fail_task: + WHERE s.step_slug = fail_task.step_slug',
    },
  },
  {
    reason: 'nothing reads the base delay of this CTE: the retry looks it up once more',
    mutants: {
      d27c9b08: 'fail_task: + COALESCE(f.opt_base_delay, s.opt_base_delay) AS opt_base_delay',
    },
  },
  {
    reason: 'selecting from a CTE without rows gives no rows anyway',
    mutants: {
      a0047e29: 'complete_task: + WHERE true',
      '82d74182': 'fail_task: + WHERE true',
    },
  },
  {
    reason: 'a number that is above zero is not NULL',
    mutants: {
      b8e3cfaf: 'start_ready_steps: - AND step_state.initial_tasks IS NOT NULL',
    },
  },
  {
    reason: 'the condition on the number of tasks leaves out the empty maps already',
    mutants: {
      '9a7dbb98':
        'start_ready_steps: - AND NOT EXISTS ( SELECT 1 FROM empty_map_steps WHERE empty_map_steps.run_id = step_state.run_id AND empty_map_steps.step_slug = step_state.step_slug )',
    },
  },
  {
    reason: 'all empty maps of the CTE are of the same run',
    mutants: {
      a6c6ac5f: 'start_ready_steps: + WHERE empty_map_steps.step_slug = step_state.step_slug',
    },
  },
  {
    reason: 'maps alone can have no tasks, and those are left out as empty maps',
    mutants: {
      '6dfa330d': 'start_ready_steps: - AND step_state.initial_tasks > 0',
      feabb1b7: 'start_ready_steps: + AND step_state.initial_tasks > (-1)',
      '0b30706f': 'start_ready_steps: + AND step_state.initial_tasks >= 0',
    },
  },
  {
    reason:
      'maps alone can have no tasks, and the step itself is one of the steps that it is joined to: an UPDATE updates it once, however often it is joined',
    mutants: {
      '73dc6d0a': "start_ready_steps: - AND step.step_type = 'map'",
      e8164086: 'start_ready_steps: - AND step.step_slug = step_state.step_slug',
      '677ef4db': 'start_ready_steps: + ON step.step_slug = step_state.step_slug',
    },
  },
  {
    reason: 'rows come in the order in which generate_series makes them',
    mutants: {
      a4e8ccce: 'start_ready_steps: + )',
      '15ec823e': 'start_ready_steps: + array_agg(task_idx.task_index ) AS task_indices',
    },
  },
  {
    reason:
      'the maps over nothing were completed by the cascade, which every command that calls this calls before: there is none left, so that what is done with them never is',
    mutants: {
      ee7017cd: 'start_ready_steps: + ON step.flow_slug <> step_state.flow_slug',
      '073994d9': 'start_ready_steps: + AND step.step_slug <> step_state.step_slug',
      d91b6bd5: "start_ready_steps: + WHERE step_state.status = 'created'",
      '9d6f3aa5': 'start_ready_steps: + WHERE step_state.run_id <> start_ready_steps.run_id',
      c5b9fa44: "start_ready_steps: + AND step_state.status = 'failed'",
      d3a647ac: 'start_ready_steps: - AND step_state.remaining_deps = 0',
      '5c8c1689': 'start_ready_steps: + AND step_state.remaining_deps <> 0',
      '2a3cd324': 'start_ready_steps: + AND step_state.remaining_deps = (-1)',
      d25aa6c3: 'start_ready_steps: + AND step_state.remaining_deps = 1',
      '8a3ff55a': "start_ready_steps: + AND step.step_type <> 'map'",
      '951ad43b': "start_ready_steps: + AND step.step_type = 'single'",
      '65db7914': 'start_ready_steps: + AND step_state.initial_tasks = (-1)',
      b4fad49c: 'start_ready_steps: + SET',
      '9ca23b63': "start_ready_steps: + SET status = 'created',",
      '45857402': 'start_ready_steps: - started_at = now(),',
      '9f4d7fbd': 'start_ready_steps: - completed_at = now(),',
      '2fc85140': 'start_ready_steps: - remaining_tasks = 0',
      da8df3aa: 'start_ready_steps: + remaining_tasks = (-1)',
      fa3915d4: 'start_ready_steps: + remaining_tasks = 1',
      '5d229cf7': 'start_ready_steps: + WHERE pgflow.step_states.step_slug = empty_map_steps.step_slug',
      a438b9ae: 'start_ready_steps: + WHERE pgflow.step_states.run_id <> start_ready_steps.run_id',
      '6344b968': 'start_ready_steps: - AND pgflow.step_states.step_slug = empty_map_steps.step_slug',
      '8ec063ef': 'start_ready_steps: + AND pgflow.step_states.step_slug <> empty_map_steps.step_slug',
      '7622846d': "start_ready_steps: - 'event_type', 'step:completed',",
      bc302525: "start_ready_steps: + 'event_type', 'step:failed',",
      c6e79c29: "start_ready_steps: - 'run_id', pgflow.step_states.run_id,",
      '8fd9c797': "start_ready_steps: - 'step_slug', pgflow.step_states.step_slug,",
      '582d9bdf': "start_ready_steps: - 'status', 'completed',",
      bd73b06b: "start_ready_steps: + 'status', 'created',",
      f7cf1298: "start_ready_steps: - 'started_at', pgflow.step_states.started_at,",
      fda30812: "start_ready_steps: - 'completed_at', pgflow.step_states.completed_at,",
      '25f5ac63': "start_ready_steps: - 'remaining_tasks', 0,",
      '3118dec3': "start_ready_steps: + 'remaining_tasks', 1,",
      d54a3834: "start_ready_steps: + 'remaining_tasks', (-1),",
      e20b9a1c: "start_ready_steps: - 'remaining_deps', 0,",
      '6aef4731': "start_ready_steps: + 'remaining_deps', (-1),",
      a48b2415: "start_ready_steps: + 'remaining_deps', 1,",
      '8c193921': "start_ready_steps: - 'output', '[]'::jsonb",
      b8d5514c: 'start_ready_steps: + true',
      d58cdf7b: 'start_ready_steps: + WHERE empty_map_steps.run_id <> step_state.run_id',
      dc170499: 'start_ready_steps: - AND empty_map_steps.step_slug = step_state.step_slug',
      ab7c3e67: 'start_ready_steps: + AND empty_map_steps.step_slug <> step_state.step_slug',
    },
  },
  {
    reason: 'a run fails with every step started that is ready, and afterwards none becomes ready',
    mutants: {
      a8fc461d: 'start_ready_steps: + NULL;',
      '1f711454':
        "start_ready_steps: + IF EXISTS (SELECT 1 FROM pgflow.runs WHERE pgflow.runs.run_id = start_ready_steps.run_id AND pgflow.runs.status = 'queued') THEN",
    },
  },
  {
    reason: 'no other run has a step that is ready: those are started by the command that makes them ready',
    mutants: {
      '66f6639e': "start_ready_steps: + WHERE step_state.status = 'created'",
    },
  },
  {
    reason: 'nothing is subtracted where nothing was completed',
    mutants: {
      '5dc5fc39': 'cascade_complete_taskless_steps: - AND c.completed_count > 0',
      '52f23ee6': 'cascade_complete_taskless_steps: + AND c.completed_count > (-1)',
      '671c541c': 'cascade_complete_taskless_steps: + AND c.completed_count >= 0',
    },
  },
  {
    reason:
      'every command that leaves a step without tasks ready goes on until there is none, so that another run has none',
    mutants: {
      e13006bc: "cascade_complete_taskless_steps: + WHERE ss.status = 'created'",
    },
  },
  {
    reason:
      'every command that leaves a step without tasks ready goes on until there is none and reads no count, so that who asks for it gets 0',
    mutants: {
      '050b261d':
        'cascade_complete_taskless_steps: + v_total_completed := v_total_completed - v_iteration_completed;',
      '105a1d65': 'cascade_complete_taskless_steps: + NULL;',
    },
  },
  {
    reason: 'maps alone can have no tasks, and what tells a map so is the one dependency that it has',
    mutants: {
      ab66c39e: 'cascade_complete_taskless_steps: - AND ss.remaining_deps = 0',
    },
  },
  {
    reason: 'every step that is completed here has no tasks',
    mutants: {
      '7e07e78f': "cascade_complete_taskless_steps: + WHEN s.step_type = 'map'",
    },
  },
  {
    reason: 'a run has the steps of one flow, and the other condition on flow or run holds it',
    mutants: {
      '45aa063e': 'cascade_complete_taskless_steps: - AND ss.flow_slug = dep_count.flow_slug',
      '46687d34': 'cascade_complete_taskless_steps: + JOIN pgflow.deps d ON d.dep_slug = c.step_slug',
      '86f8db60':
        'complete_task: + JOIN pgflow.step_states child_state ON child_state.step_slug = child_step.step_slug',
    },
  },
  {
    reason: 'the steps of a run are of its flow, and the other conditions on run and flow hold them to it',
    mutants: {
      '73e329dc':
        'complete_task: + JOIN pgflow.steps child_step ON child_step.step_slug = dependency.step_slug',
      f4d5fe12: 'complete_task: - AND dependency.flow_slug = v_run_record.flow_slug',
    },
  },
  {
    reason: 'maps alone are ever without a number of tasks',
    mutants: {
      ceccbfd0: "complete_task: - AND child_step.step_type = 'map'",
      '6fbf89d6': 'complete_task: + WHEN child_state.initial_tasks IS NULL THEN',
    },
  },
  {
    reason:
      'the message of the task went with those of all others that were under way; where the task is over, marking its step as failed is refused',
    mutants: {
      dfbde525: 'complete_task: + NULL;',
      '28b58eeb': 'complete_task: + AND st.message_id IS NULL;',
      '5ab537f5': 'complete_task: - AND st.task_index = complete_task.task_index',
      d6e360ad: 'complete_task: + AND st.task_index <> complete_task.task_index',
    },
  },
  {
    reason: 'the branch before has taken the maps without dependencies',
    mutants: {
      '7046ce13': "start_flow: + WHEN fs.step_type = 'map' THEN",
      '8c0a6647': "start_flow: + WHEN fs.step_type = 'map' AND fs.deps_count > (-1) THEN",
      dbbc28ca: "start_flow: + WHEN fs.step_type = 'map' AND fs.deps_count >= 0 THEN",
    },
  },
  {
    reason: 'an input that is not an array was refused before where there are root maps',
    mutants: {
      ad86717d: 'start_flow: + 2',
      eb2af885: 'start_flow: + 0',
    },
  },
  {
    reason: 'there is one row at most',
    mutants: {
      efbd1833: 'start_flow_with_states: + ) AS r LIMIT 2;',
      '5df3cf59': 'maybe_complete_run: + LIMIT 2)',
    },
  },
  {
    reason: 'SELECT INTO takes the first row',
    mutants: {
      b107474f: 'complete_task: + LIMIT 2;',
    },
  },
  {
    reason:
      'a single step has one task, and that has an output where it has completed, or where its run has failed, of which nothing is started',
    mutants: {
      d1c066fe: 'start_tasks: + dep_task.step_slug = dep.dep_slug',
    },
  },
  {
    reason: 'the runs are joined by their id, so that no other comes in',
    mutants: {
      d8db083e: 'start_tasks: + where true',
    },
  },
  {
    reason: 'several tasks of a map give the same key with the same value, and a jsonb object has a key once',
    mutants: {
      '5db46f02': "start_tasks: - and dep_step.step_type = 'single'",
    },
  },
  {
    reason: 'neither 0 nor 1 nor less is more than 1',
    mutants: {
      '17de43b6':
        "add_step: + IF COALESCE(add_step.step_type, 'single') = 'map' AND COALESCE(array_length(add_step.deps_slugs, 1), 1) > 1 THEN",
      '4a329c2f':
        "add_step: + IF COALESCE(add_step.step_type, 'single') = 'map' AND COALESCE(array_length(add_step.deps_slugs, 1), (-1)) > 1 THEN",
    },
  },
  {
    reason: 'the message is made where there is more than one dependency, and so never of the default',
    mutants: {
      '13da1fc0': 'add_step: + COALESCE(array_length(add_step.deps_slugs, 1), 1),',
      b3e5c612: 'add_step: + COALESCE(array_length(add_step.deps_slugs, 1), (-1)),',
    },
  },
  {
    reason: 'the length of no array and of an empty one is NULL, and neither has anything to insert',
    mutants: {
      '7a518f13': 'add_step: + WHERE array_length(add_step.deps_slugs, 1) > 0',
      d6dbb7c3: 'add_step: + WHERE add_step.deps_slugs IS NOT NULL',
      '6e537154':
        'add_step: + WHERE add_step.deps_slugs IS NOT NULL AND array_length(add_step.deps_slugs, 1) > (-1)',
      d193ae94:
        'add_step: + WHERE add_step.deps_slugs IS NOT NULL AND array_length(add_step.deps_slugs, 1) >= 0',
    },
  },
  {
    reason: 'nothing reads the record: the row is locked, which one connection does not notice',
    mutants: {
      '881ea817': 'complete_task: + NULL;',
      b0fd893e: 'complete_task: + WHERE pgflow.step_states.step_slug = complete_task.step_slug',
      '46343589': 'complete_task: - AND pgflow.step_states.step_slug = complete_task.step_slug',
      '50813a34': 'complete_task: + WHERE pgflow.step_states.run_id <> complete_task.run_id',
      a49a210e: 'complete_task: + AND pgflow.step_states.step_slug <> complete_task.step_slug',
    },
  },
  {
    reason: 'every task has a message',
    mutants: {
      '7997de6e': 'complete_task: - AND st.message_id IS NOT NULL',
      b8633b60: 'complete_task: - AND st.message_id IS NOT NULL;',
      '89eda584': 'fail_task: - AND st.message_id IS NOT NULL',
      '1184c6ff': 'fail_task: - AND st.message_id IS NOT NULL',
      cf59e454: 'fail_task: - AND st.message_id IS NOT NULL',
    },
  },
  {
    reason: 'every task has a message, and a group has one task at least',
    mutants: {
      '359f9948': 'fail_task: + HAVING true;',
      '5396c34a': 'fail_task: + HAVING COUNT(st.message_id) > (-1);',
      '52ff8da4': 'fail_task: + HAVING true;',
      '3ef222a6': 'fail_task: + HAVING COUNT(st.message_id) > (-1);',
      fb175a5e: 'fail_task: + HAVING true;',
      fe91e4d0: 'fail_task: + HAVING COUNT(st.message_id) > (-1);',
      '1130712a': 'fail_task: + HAVING COUNT(st.message_id) >= 0;',
      '273f14d6': 'fail_task: + HAVING COUNT(st.message_id) >= 0;',
      b5ca561f: 'fail_task: + HAVING COUNT(st.message_id) >= 0;',
    },
  },
  {
    reason: 'the type of NULL is NULL, which is no array either',
    mutants: {
      '5e28b1e6': "complete_task: + WHEN jsonb_typeof(complete_task.output) = 'array' THEN",
    },
  },
  {
    reason:
      'a run fails with the first of its tasks that does, and of a run that has failed this is not reached',
    mutants: {
      '98405666': 'fail_task: - AND st.step_slug = fail_task.step_slug',
      '3a632a8e': 'fail_task: - AND st.task_index = fail_task.task_index',
    },
  },
  {
    reason:
      'the command that completes the last step of a run completes the run, so that no other is left to be completed',
    mutants: {
      '1ba5af7a': 'maybe_complete_run: + WHERE pgflow.runs.remaining_steps = 0',
    },
  },
  {
    reason: 'where a step is completed, every other task of it is',
    mutants: {
      '764086cf': "complete_task: - AND parent_tasks.status = 'completed'",
    },
  },
  {
    reason: 'within the statement the task that is being completed is not seen as completed yet',
    mutants: {
      '6e05e128': 'complete_task: + )',
    },
  },
  {
    reason: 'every task of a completed step is completed',
    mutants: {
      '1121a256': 'complete_task: + )',
      '9a051a39': 'maybe_complete_run: + )',
      '15939d08': "maybe_complete_run: - AND leaf_task.status = 'completed'",
    },
  },
  {
    reason: 'where no step remains, every step is completed',
    mutants: {
      '38b7d4ae': "maybe_complete_run: - AND leaf_state.status = 'completed'",
    },
  },
  {
    reason: 'the rows are of different steps, each once',
    mutants: {
      '0435b2e5': 'maybe_complete_run: + SELECT',
    },
  },
  {
    reason: 'the length of an empty array is NULL, not 0, and so this never holds',
    mutants: {
      ef1f76ca: 'set_vt_batch: + IF msg_ids IS NULL OR vt_offsets IS NULL THEN',
      '48c90cb3':
        'set_vt_batch: + IF msg_ids IS NULL OR vt_offsets IS NULL OR array_length(msg_ids, 2) = 0 THEN',
      '6e30061e':
        'set_vt_batch: + IF msg_ids IS NULL OR vt_offsets IS NULL OR array_length(msg_ids, 0) = 0 THEN',
      b82d465e:
        'set_vt_batch: + IF msg_ids IS NULL OR vt_offsets IS NULL OR array_length(msg_ids, 1) = (-1) THEN',
    },
  },
  {
    reason: 'the retired function reads none of its parameters',
    mutants: {
      f005f0f5:
        'poll_for_tasks: + CREATE OR REPLACE FUNCTION pgflow.poll_for_tasks(queue_name text, vt integer, qty integer, max_poll_seconds integer DEFAULT 4, poll_interval_ms integer DEFAULT 100)',
      '19b74ca9':
        'poll_for_tasks: + CREATE OR REPLACE FUNCTION pgflow.poll_for_tasks(queue_name text, vt integer, qty integer, max_poll_seconds integer DEFAULT 6, poll_interval_ms integer DEFAULT 100)',
      '268ef2d2':
        'poll_for_tasks: + CREATE OR REPLACE FUNCTION pgflow.poll_for_tasks(queue_name text, vt integer, qty integer, max_poll_seconds integer DEFAULT 5, poll_interval_ms integer DEFAULT 99)',
      dc131361:
        'poll_for_tasks: + CREATE OR REPLACE FUNCTION pgflow.poll_for_tasks(queue_name text, vt integer, qty integer, max_poll_seconds integer DEFAULT 5, poll_interval_ms integer DEFAULT 101)',
    },
  },
  {
    reason: 'it is the last statement',
    mutants: {
      '66771fca': 'poll_for_tasks: + NULL;',
    },
  },
  {
    reason: 'it is set to what it is',
    mutants: {
      ef0131e0: 'set_vt_batch: - read_ct = read_ct',
    },
  },
];
