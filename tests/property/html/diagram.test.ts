import { describe, expect, it } from 'vitest';
import type { Drawing } from '../../../src/harness/contract/drawing.ts';
import type { Compared } from '../../../src/harness/lockstep/lockstep.ts';
import { drawDiagram } from '../../../src/harness/report/diagram.ts';

const drawing: Drawing = {
  graphs: () => [
    {
      id: 'greet',
      nodes: [
        { id: 'say "hi"\\', kind: '' },
        { id: 'end', kind: 'map' },
      ],
      edges: [
        { from: 'say "hi"\\', to: 'end' },
        { from: 'nobody', to: 'end' },
      ],
    },
    { id: 'idle', nodes: [], edges: [] },
  ],
  runs: () => [
    {
      id: '7',
      graph: 'greet',
      status: 'failed',
      nodes: new Map([
        ['say "hi"\\', { status: 'completed', note: '' }],
        ['end', { status: 'retired', note: '1/2 done' }],
      ]),
    },
  ],
  queues: () => [],
  columnType: () => 'other',
};
const recording = { moments: [{ model: { tables: new Map() } } as unknown as Compared<{ type: string }>] };

describe('the diagram of a run', () => {
  it('in Mermaid names no node by a word of that language, and quotes what is markup', () => {
    expect(drawDiagram('mermaid', { drawing }, recording).split('\n').slice(0, 8)).toEqual([
      'flowchart LR',
      '  subgraph p0["greet, run 7: failed"]',
      '    p0n0["say #34;hi#34;#92;<br/>completed"]:::completed',
      '    p0n1[["end (map)<br/>retired, 1/2 done"]]:::created',
      '    p0n0 --> p0n1',
      '  end',
      '  subgraph p1["idle"]',
      '  end',
    ]);
  });

  it('in the language of Graphviz has a cluster for each run', () => {
    expect(drawDiagram('dot', { drawing }, recording)).toBe(
      [
        'digraph pgtwin {',
        '  rankdir=LR;',
        '  node [shape=box, style="rounded,filled", fontname="monospace"];',
        '  subgraph cluster_0 {',
        '    label="greet, run 7: failed";',
        '    p0n0 [label="say \\"hi\\"\\\\\\ncompleted", fillcolor="#e4f4ea", color="#1d7a4b"];',
        '    p0n1 [label="end (map)\\nretired, 1/2 done", fillcolor="#f4f5f4", color="#78828c", peripheries=2];',
        '    p0n0 -> p0n1;',
        '  }',
        '  subgraph cluster_1 {',
        '    label="idle";',
        '  }',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('of an engine that is not drawn is empty', () => {
    expect(drawDiagram('dot', {}, recording)).not.toContain('cluster');
    expect(drawDiagram('mermaid', { drawing }, { moments: [] })).not.toContain('subgraph');
  });
});

it('draws a state that nobody knows as one that has just been made, even if it is named like a property', () => {
  const drawn = (status: string) => ({
    ...drawing,
    runs: () => [{ id: '7', graph: 'greet', status, nodes: new Map([['end', { status, note: '' }]]) }],
  });
  for (const language of ['mermaid', 'dot'] as const) {
    const text = drawDiagram(language, { drawing: drawn('valueOf') }, recording);
    expect(text).toBe(
      drawDiagram(language, { drawing: drawn('retired') }, recording).replaceAll('retired', 'valueOf'),
    );
  }
});
