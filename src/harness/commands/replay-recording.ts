/** `replay` against a recording: one of its traces, held against the model. */
import type { AnyCommand } from '../contract/command.ts';
import type { Trace } from '../contract/trace.ts';
import type { Compared } from '../lockstep/lockstep.ts';
import type { ExecutionWithMoments } from '../lockstep/moments.ts';
import { RecentMoments } from '../lockstep/recent-moments.ts';
import { reportDivergence } from '../lockstep/reported.ts';
import { checkTrace } from '../recording/check.ts';
import { knownOf, RecordingError } from '../recording/format.ts';
import type { RecordedSubject } from '../recording/subject.ts';
import type { ReplayOutcome } from './replay.ts';
import { headingOf, openAt, openRemarks, tracesOf } from './verify-recording.ts';

export interface ReplayedRecording {
  readonly outcome: ReplayOutcome;
  readonly trace: Trace<AnyCommand>;
  /** Number of the trace. */
  readonly sample: number;
  readonly recording: ExecutionWithMoments;
}

/** `sample` may be left out where there is only one. Throws RecordingError, and ModelBug where the model contradicts itself. */
export async function replayRecorded(subject: RecordedSubject, sample?: number): Promise<ReplayedRecording> {
  const { release, heading, file } = subject;
  let found: ReplayedRecording | undefined;
  for await (const recorded of tracesOf(subject, sample)) {
    if (found) throw new RecordingError(`${file}: it has several traces: name one with --sample, from 0 on`);
    const begun = performance.now();
    const recent = new RecentMoments<Compared<AnyCommand>>();
    const execution = checkTrace(release, recorded, knownOf(heading, release), (compared) =>
      recent.add(compared, [compared.model.tables, compared.sql.tables]),
    );
    const { commands, divergence } = execution;
    const { moments, leftOut, lastLeftOut } = recent;
    const { trace } = recorded;
    const cut = { ...trace, commands: trace.commands.slice(0, commands) };
    const about = headingOf(subject);
    const open = execution.isOpen ? [openAt(recorded, execution)] : [];
    const outcome: ReplayOutcome = {
      ...about,
      remarks: [...about.remarks, ...openRemarks(open)],
      commands,
      seconds: (performance.now() - begun) / 1000,
      divergence: divergence && reportDivergence(cut, divergence),
      interrupted: false,
      verdict: divergence ? 'diverged' : 'agreed',
    };
    found = {
      outcome,
      trace,
      sample: recorded.index,
      recording: { ...execution, moments, leftOut, lastLeftOut },
    };
  }
  if (!found) throw new RecordingError(`${file}: it has no trace`);
  return found;
}
