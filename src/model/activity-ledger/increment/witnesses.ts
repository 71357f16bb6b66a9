/** Every branch of the second model that a campaign has to reach; each is named where it is reached. */
import { witnessNames } from '../../kernel/witness-names.ts';

const branches: Readonly<Record<string, readonly string[]>> = {
  collate: ['done'],
  deliver: [
    'done',
    'duplicate',
    'duplicate-job',
    'exhausted',
    'failed',
    'forbidden',
    'generation',
    'inactive',
    'no-hook',
    'no-message',
    'not-found',
    'refused/LED01',
  ],
  deploy: ['done', 'refused/P0001'],
  get_dimensional_index: ['done', 'none'],
  get_dimensions_by_id: ['done'],
  hook: ['sleeps', 'taken', 'waits'],
  interrupt: ['done', 'failed', 'refused/LED01', 'refused/P0001'],
  job: ['completed', 'severed', 'notified-its-parent'],
  leg1: ['await', 'cycle', 'entered-again', 'hook', 'interrupt', 'signal', 'worker'],
  leg2: ['completed', 'entered-again', 'error-of-the-job', 'pending'],
  notarize_finalize: ['done'],
  notarize_leg1_completion: ['done'],
  notarize_leg1_entry: ['done', 'duplicate', 'exhausted', 'missing', 'refused/22021'],
  notarize_leg2_entry: ['done', 'exhausted', 'forbidden', 'inactive'],
  notarize_step: ['done'],
  resolve_reentry_dimension: ['done'],
  scrub: ['done', 'not-found'],
  set_status_and_collate_guid: ['closed', 'open'],
  signal: ['done', 'refused/P0001'],
  state: ['ledger-begins-anew'],
  steps: ['children-were-published', 'work-was-done'],
  tick: ['done', 'woken'],
  trigger: ['done', 'duplicate-job', 'gone-on-with', 'refused/22021', 'refused/LED01', 'refused/P0001'],
  verify_integer: ['done', 'duplicate', 'forbidden', 'inactive', 'missing'],
  verify_synthetic_integer: ['done', 'inactive'],
  work: ['done', 'failed', 'no-message'],
};

export const witnesses: readonly string[] = witnessNames(branches);

/** Only of ledgers that somebody has changed by hand. */
export const rareWitnesses: readonly string[] = [
  'deliver/missing',
  'collate/refused/23514',
  'notarize_leg1_entry/refused/23514',
  'notarize_leg1_completion/refused/23514',
  'notarize_leg2_entry/refused/23514',
  'notarize_finalize/refused/23514',
  'deliver/refused/23514',
];
