/** What a schedule brings, each of it a statement that a test could hold: said to a simulation, and printed. */
import type { Duration } from '../../../twin/duration.ts';
import type { CrashPoint } from '../log/log.ts';
import type { Which } from './plans.ts';

/** An attempt that something befalls; what is left out of `on`, any. */
interface Struck {
  readonly step: string;
  readonly on: Which;
}

/** `at`, `for` and `takes`: milliseconds of virtual time; `at` since the simulation began. Workers count from 1. */
export type Happening =
  | ({ readonly type: 'takes'; readonly takes: number } & Struck)
  | ({ readonly type: 'throws' } & Struck)
  | ({ readonly type: 'crashes'; readonly when: CrashPoint } & Struck)
  | ({ readonly type: 'deliveredTwice' } & Struck)
  | { readonly type: 'killed' | 'stopped'; readonly at: number; readonly worker: number }
  | { readonly type: 'unreachable'; readonly at: number; readonly for: number }
  | { readonly type: 'another worker'; readonly at: number };

/** A handler that throws, a worker that dies with it, a message delivered twice; a worker killed or stopped; no database. */
export type FaultKind = Exclude<Happening['type'], 'takes' | 'another worker'>;

export const faultKinds: readonly FaultKind[] = [
  'throws',
  'crashes',
  'deliveredTwice',
  'killed',
  'stopped',
  'unreachable',
];

/** Whether production could do without it: the rest is time and workers, of which there is always some. */
export const isFault = ({ type }: Happening): boolean => type !== 'takes' && type !== 'another worker';

/** The part of a simulation that happenings are said to. */
export interface Stage {
  step(slug: string): Stub;
  after(duration: Duration, action: () => void): void;
  readonly workers: readonly { kill(): void; stop(): void }[];
  addWorker(): unknown;
  readonly database: { unreachable(duration: Duration): void };
}
interface Stub {
  on(which: Which): this;
  takes(duration: Duration): this;
  throws(error: unknown): this;
  crashes(when: CrashPoint): this;
  deliveredTwice(): this;
}

/** Does what `printed` says. */
export function say(happening: Happening, sim: Stage): void {
  switch (happening.type) {
    case 'takes':
      sim.step(happening.step).on(happening.on).takes(happening.takes);
      return;
    case 'throws':
      sim.step(happening.step).on(happening.on).throws(new Error(injected));
      return;
    case 'crashes':
      sim.step(happening.step).on(happening.on).crashes(happening.when);
      return;
    case 'deliveredTwice':
      sim.step(happening.step).on(happening.on).deliveredTwice();
      return;
    case 'another worker':
      sim.after(happening.at, () => sim.addWorker());
      return;
    case 'unreachable':
      sim.after(happening.at, () => sim.database.unreachable(happening.for));
      return;
    default:
      sim.after(happening.at, () => {
        const worker = sim.workers[happening.worker - 1];
        if (happening.type === 'killed') worker?.kill();
        else worker?.stop();
        // As a platform does that wants as many as there were.
        sim.addWorker();
      });
  }
}

/** The message of every error that a schedule throws. */
const injected = 'injected';

/** A statement, or of a worker that goes three lines; `sim` is the simulation. */
export function printed(happening: Happening): string {
  switch (happening.type) {
    case 'takes':
      return `${stub(happening)}.takes(${duration(happening.takes)});`;
    case 'throws':
      return `${stub(happening)}.throws(new Error('${injected}'));`;
    case 'crashes':
      return `${stub(happening)}.crashes('${happening.when}');`;
    case 'deliveredTwice':
      return `${stub(happening)}.deliveredTwice();`;
    case 'another worker':
      return `sim.after(${duration(happening.at)}, () => sim.addWorker());`;
    case 'unreachable':
      return `sim.after(${duration(happening.at)}, () => sim.database.unreachable(${duration(happening.for)}));`;
    default: {
      const verb = happening.type === 'killed' ? 'kill' : 'stop';
      return [
        `sim.after(${duration(happening.at)}, () => {`,
        `  sim.workers[${happening.worker - 1}]?.${verb}();`,
        '  sim.addWorker();',
        '});',
      ].join('\n');
    }
  }
}

function stub({ step, on }: Struck): string {
  const which = Object.entries(on).map(([name, value]) => `${name}: ${value}`);
  return `sim.step('${step}').on({ ${which.join(', ')} })`;
}

const duration = (ms: number) => (ms % 1000 === 0 && ms > 0 ? `'${ms / 1000}s'` : `'${ms}ms'`);

/** The same for two happenings of which the second could change nothing. */
export function subjectOf(happening: Happening): string {
  const { type } = happening;
  if ('step' in happening) return `${type} ${happening.step} ${JSON.stringify(happening.on)}`;
  return 'worker' in happening
    ? `gone ${happening.worker} ${happening.at}`
    : `${type} ${JSON.stringify(happening)}`;
}
