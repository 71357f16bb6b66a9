/** The graph of the run that is looked at, coloured by the states of its nodes. */
import type { StateData } from '../page-data.ts';
import { html } from './dom.ts';
import { before, momentOf, type View } from './view.ts';

/** Beside the colour, so that nobody needs to see it. */
const glyphs: Readonly<Record<string, string>> = {
  created: '○',
  started: '◐',
  completed: '●',
  failed: '✕',
  skipped: '⊘',
};

const known = (status: string) => (status in glyphs ? status : 'created');

/** Position of the graph and of the run to show, -1 for none. */
export function target(view: View): { graph: number; run: number } {
  if (view.run !== undefined) return { graph: view.data.runs[view.run]!.graph, run: view.run };
  const { graph, run } = momentOf(view);
  return { graph, run };
}

export function showGraph(container: HTMLElement, view: View): void {
  const { graph, run } = target(view);
  for (const svg of container.querySelectorAll<SVGElement>('svg.graph')) {
    const isShown = Number(svg.dataset.graph) === graph;
    svg.toggleAttribute('hidden', !isShown);
    if (isShown) colour(container, svg, view, graph, run);
  }
}

function colour(container: HTMLElement, svg: SVGElement, view: View, graph: number, run: number): void {
  const names = view.data.graphs[graph]!.nodes;
  const present = new Set(
    momentOf(view).sides[view.side]?.graphs.find(([each]) => each === graph)?.[1] ?? [],
  );
  const was = before(view);
  let changed: Element | undefined;
  for (const node of svg.querySelectorAll<SVGGElement>('.node')) {
    const i = Number(node.dataset.node);
    const states = momentOf(view).sides.map((_, side) => stateOf(view, momentOf(view), side, run, i));
    const state = states[view.side];
    const isChanged = was !== undefined && !same(stateOf(view, was, view.side, run, i), state);
    const differs = states.some((each) => !same(each, state));
    node.classList.toggle('absent', !present.has(i) && !state);
    node.classList.toggle('changed', isChanged);
    node.classList.toggle('differs', differs);
    node.dataset.status = state ? known(state.status) : 'none';
    const words = wordsOf(view, states);
    node.querySelector('.glyph')!.textContent = state ? (glyphs[known(state.status)] ?? '') : '';
    node.querySelector('.note')!.textContent = words;
    node.setAttribute('aria-label', `${names[i]}: ${words === '' ? 'no run' : words}`);
    if (isChanged) changed ??= node;
  }
  for (const edge of svg.querySelectorAll<SVGElement>('.edge')) {
    const [from, to] = [edge.dataset.from, edge.dataset.to].map(
      (node) => svg.querySelector<SVGElement>(`[data-node="${node}"]`)!,
    );
    edge.classList.toggle('met', from!.dataset.status === 'completed');
    edge.classList.toggle(
      'absent',
      [from, to].some((end) => end!.classList.contains('absent')),
    );
  }
  if (changed) reveal(container, changed);
}

function stateOf(
  { data }: View,
  { sides }: ReturnType<typeof momentOf>,
  side: number,
  run: number,
  node: number,
): StateData | undefined {
  const nodes = sides[side]?.runs.find(([each]) => each === run)?.[2];
  return nodes === undefined ? undefined : data.states[data.nodeStates[nodes]?.[node] ?? -1];
}

const same = (a: StateData | undefined, b: StateData | undefined) =>
  a === b || (a !== undefined && b !== undefined && a.status === b.status && a.note === b.note);

/** What is drawn, and after it what another side says instead. */
function wordsOf({ data, side }: View, states: readonly (StateData | undefined)[]): string {
  const words = (state: StateData | undefined) =>
    state === undefined ? '' : state.note === '' ? state.status : `${state.status} · ${state.note}`;
  const others = states.flatMap((state, i) =>
    i === side || same(state, states[side]) ? [] : [`${data.sides[i]}: ${words(state) || 'none'}`],
  );
  return [words(states[side]), ...others].filter((each) => each !== '').join('  ≠ ');
}

/** Into the container's view, without moving the page. */
function reveal(container: HTMLElement, node: Element): void {
  const inner = node.getBoundingClientRect();
  const outer = container.getBoundingClientRect();
  const margin = 24;
  if (inner.left < outer.left) container.scrollLeft -= outer.left - inner.left + margin;
  else if (inner.right > outer.right) container.scrollLeft += inner.right - outer.right + margin;
  if (inner.top < outer.top) container.scrollTop -= outer.top - inner.top + margin;
  else if (inner.bottom > outer.bottom) container.scrollTop += inner.bottom - outer.bottom + margin;
}

export function legend(): HTMLElement[] {
  return Object.entries(glyphs)
    .filter(([status]) => status !== 'skipped')
    .map(([status, glyph]) => html('li', { 'data-status': status }, `${glyph} ${status}`));
}
