/** The line that shows where a campaign stands. */
import { clearLine, cursorTo } from 'node:readline';
import type { CampaignProgress } from '../campaign/report.ts';
import { count } from './text.ts';

/** More often is only flicker. */
const intervalMs = 100;

export interface ProgressLine {
  show(progress: CampaignProgress): void;
  /** As it is; too soon after the last one, a text that may be skipped is. */
  showText(text: string, maySkip: boolean): void;
  /** Takes the line away, before anything else is printed. */
  clear(): void;
}

/** On a stream that is a terminal. */
export function progressLine(stream: Terminal): ProgressLine {
  let shownAt = Number.NEGATIVE_INFINITY;
  const { write, clear } = liveLine(stream);
  const showText = (text: string, maySkip: boolean) => {
    const now = performance.now();
    if (maySkip && now - shownAt < intervalMs) return;
    shownAt = now;
    write(text);
  };
  return {
    clear,
    showText,
    show: (progress) => showText(progressText(progress), progress.phase === 'sampling'),
  };
}

type Terminal = NodeJS.WritableStream & { columns?: number };

/** A line that is written over by the next, on a stream that is a terminal. */
export function liveLine(stream: Terminal): { write(text: string): void; clear(): void } {
  let isShown = false;
  const clear = () => {
    if (!isShown) return;
    clearLine(stream, 0);
    cursorTo(stream, 0);
    isShown = false;
  };
  return {
    clear,
    write(text) {
      clear();
      // A line that wraps could not be taken away again.
      stream.write(text.slice(0, (stream.columns ?? 80) - 1));
      isShown = true;
    },
  };
}

export const noProgress: ProgressLine = { show() {}, showText() {}, clear() {} };

/** `120 samples · 2,345 commands · 180 commands/s · 41 s left` */
export function progressText({ phase, samples, commands, elapsedMs, done }: CampaignProgress): string {
  const did = `${count(samples, 'sample')} · ${count(commands, 'command')}`;
  if (phase === 'shrinking') return `${did} · divergence found, shrinking it`;
  const speed = elapsedMs > 0 ? Math.round((commands * 1000) / elapsedMs) : 0;
  const left = done > 0 ? ` · ${duration((elapsedMs * (1 - done)) / done)} left` : '';
  return `${did} · ${count(speed, 'command')}/s${left}`;
}

function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
