/** Every branch of the first model that a campaign has to reach; each is named where it is reached. */
import { witnessNames } from '../../kernel/witness-names.ts';

const branches: Readonly<Record<string, readonly string[]>> = {
  authorize_reentry: ['done'],
  collate: ['done'],
  deliver: [
    'done',
    'duplicate',
    'duplicate-job',
    'failed',
    'forbidden',
    'generation',
    'inactive',
    'invalid',
    'missing',
    'no-hook',
    'no-message',
    'not-found',
    'overage',
    'refused/LED01',
  ],
  deploy: ['done', 'refused/P0001'],
  get_dimensional_index: ['done', 'none'],
  get_dimensions_by_id: ['done'],
  hook: ['sleeps', 'taken', 'waits'],
  interrupt: ['done', 'failed', 'refused/LED01', 'refused/P0001'],
  is_inception_overage: ['first', 'overage'],
  job: ['completed', 'severed', 'notified-its-parent'],
  leg1: ['await', 'cycle', 'hook', 'interrupt', 'interrupts-another', 'passes-on', 'signal', 'worker'],
  leg2: ['completed', 'entered-again', 'error-of-the-job', 'pending'],
  notarize_completion: ['done'],
  notarize_continuation: ['done'],
  notarize_early_completion: ['done'],
  notarize_early_exit: ['done'],
  notarize_entry: ['done', 'duplicate', 'invalid', 'missing', 'refused/22021'],
  notarize_inception: ['done'],
  notarize_reentry: ['done', 'duplicate', 'forbidden', 'inactive'],
  resolve_reentry_dimension: ['done'],
  scrub: ['done', 'not-found'],
  signal: ['done', 'refused/P0001'],
  state: ['ledger-begins-anew'],
  tick: ['done', 'woken'],
  trigger: ['done', 'duplicate-job', 'overage', 'refused/22021', 'refused/LED01', 'refused/P0001'],
  verify_integer: ['done', 'duplicate', 'forbidden', 'inactive', 'invalid', 'missing'],
  verify_synthetic_integer: ['done', 'duplicate', 'inactive'],
  work: ['done', 'failed', 'no-message'],
};

export const witnesses: readonly string[] = witnessNames(branches);

/** Only of ledgers that somebody has changed by hand. */
export const rareWitnesses: readonly string[] = [
  'collate/refused/23514',
  'notarize_reentry/refused/23514',
  'notarize_completion/refused/23514',
  'notarize_continuation/refused/23514',
  'notarize_entry/refused/23514',
  'authorize_reentry/refused/23514',
  'notarize_early_exit/refused/23514',
  'notarize_early_completion/refused/23514',
  'deliver/refused/23514',
];
