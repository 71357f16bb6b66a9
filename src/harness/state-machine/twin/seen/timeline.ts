/** What happened to executions, line by line. */
import type { Instant } from '../../../../model/kernel/instant.ts';
import type { Deed } from '../../../../model/state-machine/states-language/executing/happenings.ts';
import { elapsedText } from '../../../twin/duration.ts';
import * as twin from '../../../twin/timeline.ts';
import type { Told } from '../engine/engine.ts';

/** One event. Fields that do not apply to it are missing. */
export interface TimelineEntry extends twin.TimelineLine {
  readonly what: TimelineEvent;
  readonly execution: number;
  readonly state?: string;
  /** Which state of the execution, and which iteration it is in: `1/2#1/0/1`. */
  readonly activity?: string;
}

export type TimelineEvent = Deed['what'] | 'status';

export type Timeline = twin.Timeline<TimelineEntry>;

export function entryOf(told: Told, startedAt: Instant): TimelineEntry {
  const { execution } = told;
  const at = told.at - startedAt;
  if (told.what === 'status') return { at, what: 'status', execution, text: statusText(told) };
  const { state, activity_id, deed } = told.happening;
  const text = `${state} ${deedText(deed, startedAt)}`;
  return { at, what: deed.what, execution, state, activity: activity_id, text };
}

function statusText({ execution, before, after }: Told & { readonly what: 'status' }): string {
  const name = `execution ${execution}`;
  switch (after.status) {
    case 'Running':
      return `${name} begins: ${twin.valueText(after.input)}`;
    case 'Succeeded':
      return `${name} succeeds: ${twin.valueText(after.output)}`;
    case 'Failed':
      return `${name} fails: ${failureText(after)}`;
    case 'TimedOut':
      return `${name} has run out of time`;
    case 'Canceled':
      return `${name} is canceled`;
    default:
      return `${name} is ${after.status}, after ${before.status}`;
  }
}

function deedText(deed: Deed, startedAt: Instant): string {
  switch (deed.what) {
    case 'entered':
      return `begins: ${twin.valueText(deed.input)}`;
    case 'tried again':
      return `begins attempt ${deed.attempt}`;
    case 'waits':
      return `waits until ${elapsedText(deed.until - startedAt)}`;
    case 'asks':
      return `asks ${deed.resource}: ${twin.valueText(deed.input)}`;
    case 'chose':
      return `chooses ${deed.to} by ${deed.by}`;
    case 'left':
      return `ends${deed.to === null ? '' : `, then ${deed.to}`}: ${twin.valueText(deed.output)}`;
    case 'retries':
      return `fails: ${failureText(deed)}; again at ${elapsedText(deed.due - startedAt)} by ${deed.by}`;
    case 'caught':
      return `fails: ${failureText(deed)}; caught by ${deed.by}, then ${deed.to}`;
    case 'failed':
      return `fails: ${failureText(deed)}`;
    case 'aborted':
      return 'is aborted';
  }
}

/** `Error: Cause`, as far as they are there. */
export function failureText({
  error,
  cause,
}: {
  readonly error: string | null;
  readonly cause: string | null;
}): string {
  const words = [error, cause].filter((each) => each !== null && each !== '');
  return words.length === 0 ? 'without an error' : twin.errorText(words.join(': '));
}

/** States of an execution and its own status; what is only on its way is left out. */
export const isTold = (told: Told): boolean =>
  told.what !== 'status' || !['Completing', 'Canceling', 'Deleting', 'Pending'].includes(told.status);
