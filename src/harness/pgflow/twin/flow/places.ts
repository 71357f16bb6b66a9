/** Where a schedule can strike a flow: which attempts there may be, and how long a run may take. */
import type { FlowDefinition } from './flow.ts';

/** A step that may be struck. */
export interface Place {
  readonly step: string;
  readonly isMap: boolean;
  /** How many attempts it has, three at most: what befalls a later one is rarely seen. */
  readonly attempts: number;
}

export interface Places {
  readonly steps: readonly Place[];
  /** How many runs there are, and elements of a map, of which some may be struck. */
  readonly runs: number;
  readonly elements: number;
  /** Milliseconds within which something may go on: start delays, first retries, and some seconds. */
  readonly horizon: number;
}

/** What the database takes where the flow does not say it. */
const unlessSaid = { max_attempts: 3, base_delay: 5 };

/** What the flow's own commands say, as its database would understand them. */
export function placesOf(
  { steps, commands }: FlowDefinition,
  options: { readonly steps: ReadonlySet<string>; readonly runs: number; readonly elements: number },
): Places {
  let ofFlow = unlessSaid;
  let seconds = 10;
  const places: Place[] = [];
  for (const command of commands) {
    if (command.type === 'create_flow') ofFlow = { ...ofFlow, ...said(command) };
    if (command.type !== 'add_step') continue;
    const { max_attempts, base_delay } = { ...ofFlow, ...said(command) };
    seconds += (command.start_delay ?? 0) + 2 * base_delay;
    const slug = command.step_slug as string;
    if (!options.steps.has(slug)) continue;
    const { isMap } = steps.get(slug)!;
    places.push({ step: slug, isMap, attempts: Math.min(max_attempts, 3) });
  }
  const { runs, elements } = options;
  return { steps: places, runs, elements, horizon: 1000 * seconds };
}

type Told = Readonly<Partial<Record<'max_attempts' | 'base_delay', number | null | undefined>>>;
function said({ max_attempts, base_delay }: Told) {
  return {
    ...(typeof max_attempts === 'number' ? { max_attempts } : {}),
    ...(typeof base_delay === 'number' ? { base_delay } : {}),
  };
}
