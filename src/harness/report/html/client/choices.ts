/** The small choices above a section: one of a few, by buttons; one of many, by a list. */
import { html } from './dom.ts';

export function choice<Value extends string>(
  label: string,
  options: readonly (readonly [value: Value, text: string])[],
  chosen: Value,
  choose: (value: Value) => void,
): HTMLElement {
  const buttons = options.map(([value, text]) => {
    const button = html('button', { type: 'button', 'aria-pressed': String(value === chosen) }, text);
    button.addEventListener('click', () => {
      for (const other of buttons) other.setAttribute('aria-pressed', String(other === button));
      choose(value);
    });
    return button;
  });
  return html('div', { class: 'choice', role: 'group', 'aria-label': label }, ...buttons);
}

export function list(
  label: string,
  options: readonly (readonly [value: string, text: string])[],
  choose: (value: string) => void,
): HTMLElement {
  const select = html(
    'select',
    { 'aria-label': label },
    ...options.map(([value, text]) => html('option', { value }, text)),
  );
  select.addEventListener('change', () => choose(select.value));
  return select;
}
