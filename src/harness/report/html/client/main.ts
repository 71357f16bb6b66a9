/** The script of a page: reads the data that is embedded in it, and shows the moment that the reader chooses. */
import type { PageData } from '../page-data.ts';
import { choice, list } from './choices.ts';
import { showCommand, showDifferences } from './command.ts';
import { fitList, listCommands, markCommand } from './commands.ts';
import { byId, html } from './dom.ts';
import { legend, showGraph } from './graph.ts';
import { count, exactly } from './instants.ts';
import { showQueues } from './queues.ts';
import { changesIn, showTables } from './tables.ts';
import { axisOf } from './time-axis.ts';
import { momentOf, type View } from './view.ts';

const data = JSON.parse(byId('data').textContent) as PageData;
const total = data.moments.length;

if (total === 0) byId('app').replaceChildren(html('p', {}, 'No command was executed.'));
else start();
document.body.dataset.ready = 'true';

function start(): void {
  const axis = axisOf(data);
  const slider = byId<HTMLInputElement>('slider');
  const view: View = {
    data,
    position: total - 1,
    side: 0,
    run: undefined,
    zoom: 'readable',
    rows: 'changed',
    layout: 'merged',
  };

  const go = (position: number, isAnnounced = true) => {
    view.position = Math.min(Math.max(position, 0), total - 1);
    show(isAnnounced);
    history.replaceState(null, '', `#${view.position + 1}`);
  };

  function show(isAnnounced: boolean): void {
    const moment = momentOf(view);
    const number = view.position + 1;
    slider.value = String(number);
    slider.setAttribute('aria-valuetext', `${number} of ${total}, at ${exactly(moment.at)}: ${moment.sql}`);
    byId('position').textContent = `${number} / ${total}`;
    byId('instant').textContent = exactly(moment.at);
    for (const id of ['first', 'previous']) byId<HTMLButtonElement>(id).disabled = view.position === 0;
    for (const id of ['next', 'last']) byId<HTMLButtonElement>(id).disabled = number === total;
    markCommand(byId('commands'), view.position);
    showCommand(byId('command-body'), view);
    showDifferences(byId('differences'), byId('differences-body'), view);
    drawSides();
    showTables(byId('tables-body'), view);
    if (isAnnounced) byId('announce').textContent = announcement();
  }

  function drawSides(): void {
    const graphs = byId('graphs');
    showGraph(graphs, view);
    // No question where both answers are the same.
    byId('zoom').hidden = view.zoom === 'readable' && !isCut(graphs);
    showQueues(byId('queues-body'), byId('queues-hint'), view, axis);
  }

  function announcement(): string {
    const { differences } = momentOf(view);
    const differing =
      differences.length === 0 ? '' : ` ${count(differences.length, 'place differs', 'places differ')}.`;
    return `Command ${view.position + 1} of ${total}.${differing} ${changesIn(view)}.`;
  }

  listCommands(byId('commands'), byId('marks'), view, (position) => go(position));
  slider.max = String(total);
  slider.addEventListener('input', () => go(Number(slider.value) - 1, false));
  slider.addEventListener('change', () => go(Number(slider.value) - 1));
  const moves: Readonly<Record<string, () => number>> = {
    first: () => 0,
    previous: () => view.position - 1,
    next: () => view.position + 1,
    last: () => total - 1,
  };
  for (const [id, to] of Object.entries(moves)) byId(id).addEventListener('click', () => go(to()));
  addKeys(moves, go);
  addControls(view, drawSides);
  addCopy();
  const fit = () => fitList(byId('commands'));
  addEventListener('scroll', fit, { passive: true });
  addEventListener('resize', () => {
    fit();
    drawSides();
  });
  fit();
  addEventListener('hashchange', () => go(fromHash() ?? view.position));

  view.position = fromHash() ?? total - 1;
  show(false);
}

function isCut({ scrollWidth, clientWidth, scrollHeight, clientHeight }: HTMLElement): boolean {
  return scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1;
}

/** A link names the command that it shows. */
function fromHash(): number | undefined {
  const number = Number(location.hash.slice(1));
  return Number.isInteger(number) && number >= 1 && number <= total ? number - 1 : undefined;
}

/** The arrows, wherever the keyboard is not needed for something else. */
function addKeys(moves: Readonly<Record<string, () => number>>, go: (position: number) => void): void {
  const keys: Readonly<Record<string, string>> = {
    ArrowLeft: 'previous',
    ArrowRight: 'next',
    Home: 'first',
    End: 'last',
  };
  addEventListener('keydown', (event) => {
    const name = keys[event.key];
    const hasModifier = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
    const target = event.target as Element | null;
    if (!name || hasModifier || target?.closest('input, select, [role=region], pre, code')) return;
    event.preventDefault();
    go(moves[name]!());
  });
}

function addControls(view: View, drawSides: () => void): void {
  const graph = byId('graph-controls');
  byId('legend').replaceChildren(...legend(data.sides.length));
  if (data.runs.length > 1) {
    const runs = data.runs.map(({ id, graph: of }, i): [string, string] => {
      return [String(i), `${data.graphs[of]?.id ?? '?'} · ${id.slice(-4)}`];
    });
    graph.append(
      list('Run', [['', 'the run that the command touched'], ...runs], (value) => {
        view.run = value === '' ? undefined : Number(value);
        drawSides();
      }),
    );
  }
  if (data.sides.length > 1) {
    const sides = data.sides.map((name, i): [string, string] => [String(i), name]);
    graph.append(
      choice('Steps and queues of', sides, '0', (value) => {
        view.side = Number(value);
        drawSides();
      }),
    );
  }
  const zoom = choice(
    'Size of the graph',
    [
      ['readable', 'Readable'],
      ['whole', 'Whole'],
    ],
    view.zoom,
    (value) => {
      view.zoom = value;
      drawSides();
    },
  );
  zoom.id = 'zoom';
  graph.append(zoom);
  const tables = byId('tables-controls');
  const redraw = () => showTables(byId('tables-body'), view);
  if (data.sides.length > 1) {
    tables.append(
      choice(
        'Sides',
        [
          ['merged', 'Merged'],
          ['beside', 'Side by side'],
        ],
        view.layout,
        (value) => {
          view.layout = value;
          redraw();
        },
      ),
    );
  }
  tables.append(
    choice(
      'Rows',
      [
        ['changed', 'What changed'],
        ['all', 'All rows'],
      ],
      view.rows,
      (value) => {
        view.rows = value;
        redraw();
      },
    ),
  );
}

function addCopy(): void {
  const button = document.getElementById('copy');
  if (!button) return;
  button.addEventListener('click', () => {
    const line = byId('replay');
    const selection = getSelection();
    selection?.selectAllChildren(line);
    // A page from disk may not be allowed to; then the line is selected, to be copied by hand.
    navigator.clipboard?.writeText(line.textContent).then(
      () => {
        button.textContent = 'Copied';
      },
      () => {},
    );
  });
}
