/** Pages that hold a text in every place that holds one. */
import type { Drawing } from '../../src/harness/contract/drawing.ts';
import type { Observation } from '../../src/harness/contract/observation.ts';
import type { MutantsReport } from '../../src/harness/mutants/report.ts';
import type { PageInput } from '../../src/harness/report/html/page-input.ts';
import { startedAt } from './page-input.ts';

/** Each sets `window.harmed` where it is executed. */
export const markups = [
  '<img src=x onerror="window.harmed=1">',
  '"><svg onload="window.harmed=1"></svg>',
  `'" autofocus onfocus="window.harmed=1" x="`,
  '</script><script>window.harmed=1</script>',
  '</style><style>*{display:none!important}</style>',
  '<!--<script>window.harmed=1</script>-->',
  '</title></pre></code><iframe srcdoc="<script>parent.harmed=1</script>"></iframe>',
  '<a href="javascript:window.harmed=1">x</a><meta http-equiv="refresh" content="0;url=https://example.com/">',
  '<link rel="stylesheet" href="https://example.com/x.css"><img src="https://example.com/x.png">',
  '{{constructor.constructor("window.harmed=1")()}}',
  '\u2028\u2029\u202e\u0000\u001b[31m\ud800]]>&lt;script&gt;',
  '__proto__',
];

/** Two sides, a graph, a run, a queue, a refusal and what differs. */
export function hostilePage(x: string): PageInput {
  const row = { id: x, [x]: x, payload: { [x]: [x] } };
  const tables: Observation = new Map([
    ['public.things', [row, { ...row, id: `${x}2` }]],
    [`public.${x}`, [{ [x]: x }]],
    [x, [{ id: x }]],
  ]);
  const drawing: Drawing = {
    graphs: () => [
      {
        id: x,
        nodes: [
          { id: x, kind: x },
          { id: `b${x}`, kind: '' },
        ],
        edges: [{ from: x, to: `b${x}` }],
      },
    ],
    runs: () => [{ id: x, graph: x, status: x, nodes: new Map([[x, { status: x, note: x }]]) }],
    queues: () => [
      {
        name: x,
        messages: [{ id: x, label: x, enqueuedAt: startedAt, visibleAt: startedAt + 1000, reads: 1 }],
      },
    ],
    columnType: () => 'jsonb',
    tableTitle: () => x,
  };
  const moment = (at: number, ok: boolean): PageInput['moments'][number] => ({
    at: startedAt + at,
    sql: ok ? `call.${x}(${x})` : `-- ${x}`,
    note: x,
    branches: [x],
    sides: [0, 1].map(() => ({
      result: ok
        ? { ok: true, rows: [{ [x]: x }] }
        : { ok: false, refusal: { sqlstate: x, message: x, constraint: x } },
      finishedAt: startedAt + at,
      tables,
    })),
    differences: [
      { where: x, row: x, shown: [x, [[[x, x]]]] },
      { where: `things[0].${x}`, row: x, shown: [x, x] },
    ],
  });
  return {
    title: x,
    tone: 'bad',
    reason: x,
    facts: [[x, x]],
    remarks: [x, x, x],
    replay: x,
    startedAt,
    sides: [`model ${x}`, `SQL ${x}`],
    key: () => ['id'],
    drawing,
    initial: new Map(),
    moments: [moment(0, true), moment(500, false)],
  };
}

export function hostileMutants(x: string): MutantsReport {
  const mutant = (
    outcome: MutantsReport['mutants'][number]['outcome'],
  ): MutantsReport['mutants'][number] => ({
    ...{ id: x, function: x, operator: x, file: x, line: 1, position: 1, before: `a${x}`, after: `b${x}` },
    ...{ outcome, by: null, where: x, sample: null, samples: 1, seconds: 1 },
    trace: [{ at: 0, command: { type: x } }],
  });
  return {
    ...{
      pgtwin: x,
      engine: x,
      release: x,
      versions: { [x]: x, migrations: 1 },
      fingerprint: x,
      seed: 1,
      samples: 1,
    },
    ...{
      forMs: null,
      maxCommands: 1,
      shrinkAttempts: 1,
      chosen: 1,
      shard: null,
      interrupted: true,
      remarks: [x],
    },
    selection: { functions: [x], operators: [x], mutants: [x], sample: null },
    mutants: [mutant('survived'), mutant('killed'), mutant('equivalent'), mutant('not-installed')],
  };
}
