/** What happened as lines to read and to keep as a snapshot: the same test, the same text, on every backend. */
import { visibleLine } from '../../model/kernel/visible.ts';
import { cut } from './cut.ts';
import { elapsedText } from './duration.ts';
import { wellFormed } from './parameters.ts';

/** What every line of a timeline has; the rest is the engine's. */
export interface TimelineLine {
  /** Milliseconds since the simulation began. */
  readonly at: number;
  /** What happened: `fails: 429; again at +6.000s`. */
  readonly text: string;
}

export interface Timeline<Line extends TimelineLine = TimelineLine> extends ReadonlyArray<Line> {
  /** One line for each entry. */
  toString(): string;
}

/** The lines with a text of all of them: of each its instant and its sentence. */
export function timelineOf<Line extends TimelineLine>(
  lines: readonly Line[],
  sentenceOf: (line: Line) => string = ({ text }) => text,
): Timeline<Line> {
  const timeline = [...lines];
  // Not enumerable, so that two timelines are equal where their lines are.
  Object.defineProperty(timeline, 'toString', {
    value: () =>
      timeline
        .map((line) => `${elapsedText(line.at).padStart(11)}  ${visibleLine(sentenceOf(line))}`)
        .join('\n'),
  });
  return timeline;
}

const longest = 120;

/** A value in a line: JSON, cut where it is long. */
export function valueText(value: unknown): string {
  const text = value === undefined ? 'null' : JSON.stringify(value);
  return text.length > longest ? `${cut(text, longest)}…` : text;
}

/** An error in a line: its first line. */
export function errorText(message: string | null): string {
  const [first = ''] = wellFormed(message ?? '').split('\n');
  return first === '' ? '(no message)' : first.length > longest ? `${cut(first, longest)}…` : first;
}
