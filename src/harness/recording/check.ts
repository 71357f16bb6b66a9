/** The model against one recorded trace. */
import type { AnyCommand } from '../contract/command.ts';
import type { Known } from '../lockstep/answer.ts';
import type { Execution, LockstepOptions } from '../lockstep/lockstep.ts';
import { type HeldRelease, ModelSide } from '../lockstep/model-side.ts';
import { RecordingError } from './format.ts';
import type { RecordedTrace } from './read.ts';

export interface CheckedTrace extends Execution {
  /** Whether it ended before a command of which nothing that is told shows what the SQL chose. */
  readonly isOpen: boolean;
}

/**
 * Up to the first divergence. `known` is what the recording tells of an answer, everything if it is left out. Throws ModelBug where
 * the model contradicts itself, and {@link RecordingError} for answers that cannot be compared.
 */
export function checkTrace<State>(
  release: HeldRelease<State, AnyCommand>,
  recorded: RecordedTrace,
  known: Known | undefined,
  onCompared?: LockstepOptions['onCompared'],
): CheckedTrace {
  try {
    return checked(release, recorded, known, onCompared);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RecordingError(`${recorded.place}: its values are nested too deep to be compared`);
  }
}

function checked<State>(
  release: HeldRelease<State, AnyCommand>,
  { trace, answers }: RecordedTrace,
  known: Known | undefined,
  onCompared: LockstepOptions['onCompared'],
): CheckedTrace {
  const model = new ModelSide(release, trace, { known, repeats: true });
  let commands = 0;
  for (const answer of answers()) {
    const compared = model.compare(answer, commands);
    if (compared.isOpen) {
      return { commands, reached: model.reached, divergence: null, interrupted: false, isOpen: true };
    }
    onCompared?.(compared);
    const position = commands++;
    const { differences } = compared;
    if (differences.length > 0) {
      return {
        commands,
        reached: model.reached,
        divergence: { position, differences },
        interrupted: false,
        isOpen: false,
      };
    }
  }
  return { commands, reached: model.reached, divergence: null, interrupted: false, isOpen: false };
}
