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

const known = (status: string) => (Object.hasOwn(glyphs, status) ? status : 'created');

/** Position of the graph and of the run to show, -1 for none. */
export function target(view: View): { graph: number; run: number } {
  if (view.run !== undefined) return { graph: view.data.runs[view.run]!.graph, run: view.run };
  const { graph, run } = momentOf(view);
  return { graph, run };
}

export function showGraph(container: HTMLElement, view: View): void {
  const { graph, run } = target(view);
  for (const svg of container.querySelectorAll<SVGSVGElement>('svg.graph')) {
    const isShown = Number(svg.dataset.graph) === graph;
    const isNew = isShown && svg.hasAttribute('hidden');
    svg.toggleAttribute('hidden', !isShown);
    if (!isShown) continue;
    scale(container, svg, view.zoom);
    const changed = colour(svg, view, graph, run);
    // What happens is kept in sight; a graph that is new to the eye begins where something goes on.
    const eyecatcher =
      changed ?? (isNew ? svg.querySelector('[data-status=started], [data-status=failed]') : null);
    if (eyecatcher) reveal(container, eyecatcher);
  }
}

/** Smaller than this, nobody reads the names of steps. */
const leastScale = 0.75;
const padding = 22;

/** Fits the width of the container as far as it stays readable, or the whole of it, whatever that makes of it. */
function scale(container: HTMLElement, svg: SVGSVGElement, zoom: View['zoom']): void {
  const { width, height } = svg.viewBox.baseVal;
  const fits = Math.min(1, (container.clientWidth - padding) / width);
  const whole = Math.min(fits, (innerHeight * 0.62 - padding) / height);
  const factor = zoom === 'whole' ? whole : Math.max(fits, leastScale);
  svg.setAttribute('width', String(Math.round(width * factor)));
  svg.setAttribute('height', String(Math.round(height * factor)));
}

/** The first node that the command changed. */
function colour(svg: SVGElement, view: View, graph: number, run: number): Element | undefined {
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
    const [words, inShort] = wordsOf(view, states);
    node.querySelector('.glyph')!.textContent = state ? (glyphs[known(state.status)] ?? '') : '';
    node.querySelector('.state')!.textContent = fitted(inShort, Number(node.dataset.room));
    const label = `${names[i]}: ${words === '' ? 'no run' : words}`;
    node.querySelector('title')!.textContent = label;
    node.setAttribute('aria-label', label);
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
  return changed;
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

/** What is drawn, and after it what another side says instead: at length, and as there is room for it. */
function wordsOf(
  { data, side }: View,
  states: readonly (StateData | undefined)[],
): readonly [string, string] {
  const words = (state: StateData | undefined) =>
    state === undefined ? '' : state.note === '' ? state.status : `${state.status}, ${state.note}`;
  // The glyph tells the status already.
  const inShort = (state: StateData | undefined) => state?.note || state?.status || 'none';
  const others = states.flatMap((state, i) =>
    i === side || same(state, states[side]) ? [] : [[state, i] as const],
  );
  const [[other, which] = [undefined, -1]] = others;
  const drawn = states[side] === undefined ? '' : inShort(states[side]);
  return [
    [words(states[side]), ...others.map(([state, i]) => `${data.sides[i]}: ${words(state) || 'none'}`)]
      .filter((each) => each !== '')
      .join('; '),
    which < 0 ? drawn : `${drawn} ≠ ${inShort(other).replace(/^task /, '')}`,
  ];
}

const fitted = (text: string, room: number) => (text.length > room ? `${text.slice(0, room - 1)}…` : text);

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

export function legend(sides: number): HTMLElement[] {
  return Object.entries(glyphs)
    .filter(([status]) => status !== 'skipped')
    .map(([status, glyph]) => html('li', { 'data-status': status }, `${glyph} ${status}`))
    .concat(html('li', {}, 'thick: changed by the command'))
    .concat(sides < 2 ? [] : html('li', { class: 'differing' }, 'dashed: the sides differ'));
}
