/** Mutants of 0.1.20 that nothing can tell from the original, each with the argument. */
import type { EquivalentMutants } from '../../mutants/equivalents.ts';

export const equivalentMutants: readonly EquivalentMutants[] = [
  {
    reason: 'no one reads what the insertion of dependencies returns',
    mutants: [
      {
        id: '0a1fb1ec',
        function: 'pgflow.add_step(text,text,text[],integer,integer,integer)',
        before: 'RETURNING 1',
        after: 'RETURNING 0',
      },
      {
        id: 'a078799b',
        function: 'pgflow.add_step(text,text,text[],integer,integer,integer)',
        before: 'RETURNING 1',
        after: 'RETURNING 2',
      },
    ],
  },
  {
    reason:
      'a step has one task in this release: where completing it is not refused by the CHECK, none remains, and the step is completed',
    mutants: [
      {
        id: '47b8a6df',
        function: 'pgflow.complete_task(uuid,text,integer,jsonb)',
        before: "JOIN step_state s ON s.status = 'completed' AND d.flow_slug = s.flow_slug",
        after: 'JOIN step_state s ON d.flow_slug = s.flow_slug',
      },
      {
        id: 'b085d0cd',
        function: 'pgflow.complete_task(uuid,text,integer,jsonb)',
        before: "AND step_state.status = 'completed';",
        after: '',
      },
    ],
  },
  {
    reason:
      'the rows are joined to an UPDATE, which promises no order, and what it does to one row does not depend on another',
    mutants: [
      {
        id: 'ba3ca050',
        function: 'pgflow.complete_task(uuid,text,integer,jsonb)',
        before: 'ORDER BY d.step_slug',
        after: '',
      },
      {
        id: '36ce061c',
        function: 'pgflow.complete_task(uuid,text,integer,jsonb)',
        before: 'ORDER BY d.step_slug',
        after: 'ORDER BY d.step_slug DESC',
      },
    ],
  },
  {
    reason: 'pgmq.create changes nothing where the queue is there already',
    mutants: [
      {
        id: '9e8e6ce8',
        function: 'pgflow.create_flow(text,integer,integer,integer)',
        before: 'WHERE NOT EXISTS ( SELECT 1 FROM pgmq.list_queues() WHERE queue_name = flow_slug )',
        after: 'WHERE true',
      },
    ],
  },
  {
    reason: 'the column is not among those selected',
    mutants: [
      {
        id: '426961e7',
        function: 'pgflow.create_flow(text,integer,integer,integer)',
        before: 'LEFT JOIN (SELECT 1 FROM ensure_queue) _dummy ON true;',
        after: 'LEFT JOIN (SELECT 2 FROM ensure_queue) _dummy ON true;',
      },
      {
        id: 'dbc118a4',
        function: 'pgflow.create_flow(text,integer,integer,integer)',
        before: 'LEFT JOIN (SELECT 1 FROM ensure_queue) _dummy ON true;',
        after: 'LEFT JOIN (SELECT 0 FROM ensure_queue) _dummy ON true;',
      },
    ],
  },
  {
    reason: 'nothing reads the base delay of this CTE: the retry looks it up once more',
    mutants: [
      {
        id: 'e5d1a132',
        function: 'pgflow.fail_task(uuid,text,integer,text)',
        before: 'COALESCE(s.opt_base_delay, f.opt_base_delay) AS opt_base_delay',
        after: 'COALESCE(f.opt_base_delay, s.opt_base_delay) AS opt_base_delay',
      },
    ],
  },
  {
    reason: 'join and WHERE say the same, and one of them is enough',
    mutants: [
      {
        id: 'c7b68b56',
        function: 'pgflow.fail_task(uuid,text,integer,text)',
        before: 'JOIN flow_info fi ON fi.flow_slug = s.flow_slug',
        after: 'JOIN flow_info fi ON true',
      },
      {
        id: '327d0049',
        function: 'pgflow.fail_task(uuid,text,integer,text)',
        before: 'WHERE s.flow_slug = fi.flow_slug AND s.step_slug = fail_task.step_slug',
        after: 'WHERE s.step_slug = fail_task.step_slug',
      },
    ],
  },
  {
    reason: 'selecting from a CTE without rows gives no rows anyway',
    mutants: [
      {
        id: 'bb3c5b3c',
        function: 'pgflow.fail_task(uuid,text,integer,text)',
        before: 'WHERE EXISTS (SELECT 1 FROM queued_tasks)',
        after: 'WHERE true',
      },
      {
        id: '9d2f50ad',
        function: 'pgflow.fail_task(uuid,text,integer,text)',
        before: 'WHERE EXISTS (SELECT 1 FROM failed_tasks)',
        after: 'WHERE true',
      },
    ],
  },
  {
    reason: 'the regular expression does not fit the empty text either',
    mutants: [
      { id: '9988ed16', function: 'pgflow.is_valid_slug(text)', before: "and slug <> ''", after: '' },
    ],
  },
];
