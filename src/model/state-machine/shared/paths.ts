/** Paths into JSON, as far as they name one place: `$.a[0].b`. */
import type { Jsonb } from '../../kernel/jsonb.ts';
import { RecentTexts } from '../../kernel/recent-texts.ts';

/** The name of a field, or the index of an item, which counts from the end where it is negative. */
export type Step = string | number;

export interface Path {
  /** Whether it is a path into the context object: it begins with `$$`. */
  readonly isOfContext: boolean;
  readonly steps: readonly Step[];
}

const wholePath = /^\$\$?(\.[A-Za-z_][A-Za-z_0-9]*|\[(0|-?[1-9][0-9]{0,8})\])*$/;
const everyStep = /\.([A-Za-z_][A-Za-z_0-9]*)|\[(-?[0-9]+)\]/g;

export const isPath = (text: string): boolean => wholePath.test(text);

const parsed = new RecentTexts<Path>((text) => ({
  isOfContext: text.startsWith('$$'),
  steps: [...text.matchAll(everyStep)].map(([, name, index]) => name ?? Number(index)),
}));

/** Of a text that is a path. */
export const pathOf = (text: string): Path => parsed.get(text);

export const isArray = (value: Jsonb): value is readonly Jsonb[] => Array.isArray(value);
export const isObject = (value: Jsonb): value is { readonly [key: string]: Jsonb } =>
  typeof value === 'object' && value !== null && !isArray(value);

/** The place of an item, also where it is counted from the end. */
export const placeOf = (items: readonly Jsonb[], index: number): number =>
  index < 0 ? items.length + index : index;

/** Undefined where nothing is there; a step into what has no such steps finds nothing. */
export function find(root: Jsonb, steps: readonly Step[]): Jsonb | undefined {
  let value: Jsonb | undefined = root;
  for (const step of steps) {
    if (typeof step === 'number') {
      value = isArray(value) ? value[placeOf(value, step)] : undefined;
    } else value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
    if (value === undefined) return undefined;
  }
  return value;
}

/** The text of a path up to its first steps. */
export const pathText = (steps: readonly Step[]): string =>
  `$${steps.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')}`;
