/** The list of all commands: what each is, when it was executed, whether it was refused, and where the sides differ. */
import type { MomentData } from '../page-data.ts';
import { inShort, isComment } from './command-text.ts';
import { html } from './dom.ts';
import { briefly } from './instants.ts';
import type { View } from './view.ts';

export function listCommands(
  list: HTMLElement,
  marks: HTMLElement,
  view: View,
  go: (position: number) => void,
): void {
  const { moments } = view.data;
  list.replaceChildren(
    ...moments.map((moment, i) => {
      const flag = flagOf(moment);
      const button = html(
        'button',
        { type: 'button', title: moment.sql },
        html('span', { class: 'at' }, briefly(moment.at)),
        callOf(moment.sql),
        flag === ''
          ? null
          : html(
              'span',
              { class: `flag ${flag}` },
              flag === 'refused' ? '⊘' : '≠',
              html('span', { class: 'unseen' }, ` ${flag}`),
            ),
      );
      button.addEventListener('click', () => go(i));
      return html('li', {}, button);
    }),
  );
  const last = Math.max(moments.length - 1, 1);
  marks.replaceChildren(
    ...moments.flatMap((moment, i) => {
      const flag = flagOf(moment);
      if (flag === '') return [];
      const mark = html('i', { class: flag });
      mark.style.left = `${(i / last) * 100}%`;
      return [mark];
    }),
  );
}

/** A call with its function in bold; what else happens as it is. */
function callOf(sql: string): HTMLElement {
  if (isComment(sql)) return html('span', { class: 'call' }, sql);
  const [name, rest] = inShort(sql);
  return html('span', { class: 'call' }, html('strong', {}, name), ` ${rest}`);
}

function flagOf({ differences, sides }: MomentData): '' | 'differs' | 'refused' {
  if (differences.length > 0) return 'differs';
  return sides.some(({ refusal }) => refusal !== null) ? 'refused' : '';
}

/** As high as there is room below, where the list stays beside what scrolls. */
export function fitList(list: HTMLElement): void {
  const isBeside = getComputedStyle(list.parentElement!).position === 'sticky';
  const room = innerHeight - list.getBoundingClientRect().top - 24;
  list.style.maxHeight = isBeside ? `${Math.max(room, 160)}px` : '';
}

/** Marks the chosen command and keeps it in the list's own view. */
export function markCommand(list: HTMLElement, position: number): void {
  for (const button of list.querySelectorAll('[aria-current]')) button.removeAttribute('aria-current');
  const item = list.children[position] as HTMLElement | undefined;
  if (!item) return;
  item.firstElementChild?.setAttribute('aria-current', 'step');
  const top = item.offsetTop - list.offsetTop;
  if (top < list.scrollTop) list.scrollTop = top - item.offsetHeight;
  else if (top + item.offsetHeight > list.scrollTop + list.clientHeight) {
    list.scrollTop = top + 2 * item.offsetHeight - list.clientHeight;
  }
}
