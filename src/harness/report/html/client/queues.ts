/** The queues of a moment: a lane for each message, on an axis of virtual time. */
import { html, svg } from './dom.ts';
import { briefly, count, exactly } from './instants.ts';
import { type Lane, lanesAt } from './lanes.ts';
import type { Axis } from './time-axis.ts';
import { momentOf, type View } from './view.ts';

const labelWidth = 172;
const laneHeight = 20;
const headHeight = 26;
const rightMargin = 16;
/** Of what scrolls, its border and the bar it scrolls by. */
const padding = 46;

export function showQueues(body: HTMLElement, hint: HTMLElement, view: View, axis: Axis): void {
  const { data, position, side } = view;
  const { queues, finished } = momentOf(view).sides[side]!;
  const lanes = lanesAt(data, position, side);
  const named = [...new Set([...queues, ...lanes.map(({ message }) => message.queue)])].sort();
  const held = lanes.filter(({ endedAt }) => endedAt === undefined).length;
  hint.textContent =
    named.length === 0
      ? ''
      : `${count(held, 'message')} in ${count(named.length, 'queue')}; long gaps in time are shortened`;
  if (named.length === 0) {
    body.replaceChildren(html('p', { class: 'hint' }, 'There is no queue yet.'));
    return;
  }
  const width = Math.max(body.clientWidth - padding, 480);
  const x = (instant: number) => labelWidth + axis.place(instant) * (width - labelWidth - rightMargin);
  const drawn = named.map((queue) => {
    const own = lanes.filter(({ message }) => message.queue === queue);
    return queueOf(queue, own, view, x, width, finished);
  });
  const first = html('div', { class: 'axis' }, ticks(axis, x, width, finished));
  const legend = [
    html('li', {}, html('span', { class: 'swatch visible' }), 'can be read'),
    html('li', {}, html('span', { class: 'swatch hidden' }), 'invisible'),
    html('li', {}, '○ becomes visible'),
  ];
  body.replaceChildren(
    html(
      'div',
      { class: 'scroll lanes', tabindex: 0, role: 'region', 'aria-label': 'Messages by time' },
      first,
      ...drawn,
    ),
    html('ul', { class: 'legend', 'aria-hidden': 'true' }, ...legend),
  );
}

/** Instants at which something happens, as many as there is room for; the present always has its own. */
function ticks(axis: Axis, x: (instant: number) => number, width: number, now: number): SVGElement {
  const present = svg(
    'text',
    { class: 'now', x: clamp(x(now), width), y: 12, 'text-anchor': 'middle' },
    briefly(now),
  );
  const texts: SVGElement[] = [];
  let free = labelWidth - 30;
  for (const instant of axis.instants) {
    const at = x(instant);
    if (at < free + 34 || Math.abs(at - x(now)) < 64 || at > width - 30) continue;
    texts.push(svg('text', { x: at, y: 12, 'text-anchor': 'middle' }, briefly(instant)));
    texts.push(svg('line', { x1: at, x2: at, y1: 16, y2: 20 }));
    free = at + 34;
  }
  return svg('svg', { width, height: 20, 'aria-hidden': 'true' }, ...texts, present);
}

const clamp = (at: number, width: number) => Math.min(Math.max(at, labelWidth), width - 30);

function queueOf(
  queue: string,
  lanes: readonly Lane[],
  view: View,
  x: (instant: number) => number,
  width: number,
  now: number,
): SVGElement {
  const height = headHeight + lanes.length * laneHeight;
  return svg(
    'svg',
    {
      class: 'queue',
      width,
      height,
      role: 'list',
      'aria-label': `Queue ${queue}, ${count(lanes.length, 'message')}`,
    },
    svg('text', { class: 'queue-name', x: 0, y: 17 }, queue),
    lanes.length === 0 ? svg('text', { class: 'lane-label', x: labelWidth, y: 17 }, 'empty') : null,
    ...lanes.map((lane, i) => laneOf(lane, headHeight + i * laneHeight, view, x, width, now)),
    svg('line', { class: 'now', x1: x(now), x2: x(now), y1: 0, y2: height }),
  );
}

function laneOf(
  { message, stretches, endedAt }: Lane,
  top: number,
  view: View,
  x: (instant: number) => number,
  width: number,
  now: number,
): SVGElement {
  const middle = top + laneHeight / 2;
  const bar = (from: number, to: number, kind: string) =>
    svg('rect', { class: kind, x: from, y: middle - 4, width: Math.max(to - from, 1.5), height: 8, rx: 2 });
  const past = stretches.map(({ from, to, isVisible }) =>
    bar(x(from), x(to), isVisible ? 'visible' : 'hidden'),
  );
  const isVisible = message.visible <= now;
  const future =
    endedAt !== undefined
      ? [svg('path', { class: 'end', d: `M${x(endedAt)} ${middle - 6}v12` })]
      : isVisible
        ? [bar(x(now), width - rightMargin / 2, 'visible ahead')]
        : [
            bar(x(now), x(message.visible), 'hidden ahead'),
            bar(x(message.visible), width - rightMargin / 2, 'visible ahead'),
            svg('circle', { class: 'turn', cx: x(message.visible), cy: middle, r: 3.5 }),
          ];
  const state =
    endedAt !== undefined ? 'gone' : isVisible ? 'visible' : `invisible until ${exactly(message.visible)}`;
  const reads = message.reads === 0 ? 'never read' : `read ${count(message.reads, 'time')}`;
  const words = `Message ${message.id}, ${message.label}: ${state}, ${reads}`;
  const isNew = view.position > 0 && !wasThere(view, message.queue, message.id);
  return svg(
    'g',
    {
      class: `lane${endedAt === undefined ? '' : ' gone'}${isNew ? ' new' : ''}`,
      role: 'listitem',
      'aria-label': words,
    },
    svg('title', {}, words),
    svg('rect', { class: 'row', x: 0, y: top, width, height: laneHeight }),
    svg('text', { class: 'lane-id', x: 26, y: middle + 4, 'text-anchor': 'end' }, message.id),
    svg('text', { class: 'lane-label', x: 34, y: middle + 4 }, shortened(message.label)),
    ...(message.reads === 0
      ? []
      : [
          svg(
            'text',
            { class: 'reads', x: labelWidth - 8, y: middle + 4, 'text-anchor': 'end' },
            `${message.reads}×`,
          ),
        ]),
    ...past,
    ...future,
  );
}

const shortened = (label: string) => (label.length > 15 ? `${label.slice(0, 8)}…${label.slice(-6)}` : label);

function wasThere({ data, position, side }: View, queue: string, id: string): boolean {
  return data.moments[position - 1]!.sides[side]!.messages.some((at) => {
    const message = data.messages[at]!;
    return message.queue === queue && message.id === id;
  });
}
